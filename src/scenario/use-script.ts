import type { DeviceScript, ScriptSurroundings } from '../../simulator/index.ts'
import { createSelection, scriptBehavior } from '../../simulator/index.ts'
import { applyScripted, rulesOf } from './fleet-script.ts'
import { scriptLookupOf, tidOfCommand } from './lookup.ts'
import type { Scene } from './scene.ts'
import { renderTemplates } from './template.ts'

/** Puts a script in front of what a device does; its templates are filled when it answers. */
export function useScript(scene: Scene, name: string, script: DeviceScript): void {
  scene.rig.fleet.get(name).use(scriptBehavior(script, surroundingsOf(scene)))
}

/** Lets the devices of a test do what the file says of them: rules for many first, so that what is said of one goes before. */
export function useDeclared(scene: Scene): void {
  const { test, rig } = scene
  const { fleet } = rig
  const surroundings = surroundingsOf(scene)
  for (const { selector, scripted } of rulesOf({ fleet: [...test.fleet] })) {
    const isChosen = createSelection(selector, test.seed)
    for (const name of Object.keys(test.devices)) {
      const dock = fleet.get(name)
      const { model } = dock
      if (isChosen({ name, model, tags: fleet.tagsOf(name) }))
        applyScripted(fleet, dock, scripted, surroundings)
    }
  }
  for (const [name, device] of Object.entries(test.devices))
    applyScripted(fleet, fleet.get(name), device, surroundings)
}

function surroundingsOf(scene: Scene): ScriptSurroundings {
  return {
    fill: (value, request) => renderTemplates(value, scriptLookupOf(scene, request)),
    tidOf: (command) => tidOfCommand(scene, command, scene.named.get(command)?.command?.command_id) ?? '',
  }
}
