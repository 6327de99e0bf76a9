import { isJsonObject } from '../../contracts/index.ts'
import type { Stage } from '../behavior.ts'
import type { Deeds, Scene } from '../deed.ts'
import { deedBehavior } from '../deed-behavior.ts'
import { after, documentedEvent } from '../replies.ts'
import { stepMs } from '../timing.ts'

// DJI's documentation: dock, PSDK. Speaker progress has steps; widgets and texts are commands without a trace.

const unusable = (scene: Scene): number | undefined =>
  scene.dock.state.aircraftLink === 'off' ? 327_050 : undefined

const deeds: Deeds = {
  speaker_audio_play_start: { refuse: unusable, follow: (scene) => play(scene, 'file') },
  speaker_tts_play_start: { refuse: unusable, follow: (scene) => play(scene, 'tts') },
  speaker_replay: { refuse: unusable },
}

/** The speaker on the aircraft. */
export const psdk = deedBehavior('psdk', deeds)

function* play({ dock, request, method, data }: Scene, source: 'file' | 'tts'): Generator<Stage> {
  const steps = method.dji.progress?.steps ?? []
  const content = data[source]
  const md5 = isJsonObject(content) ? String(content['md5']) : ''
  const tell = (status: string, step_key: string, percent: number): ReturnType<typeof documentedEvent> =>
    documentedEvent(dock, {
      bid: request.bid,
      method: `${method.name}_progress`,
      data: {
        result: 0,
        output: { psdk_index: Number(data['psdk_index'] ?? 0), status, md5, progress: { percent, step_key } },
      },
    })
  for (const [place, step] of steps.entries())
    yield after(
      stepMs(dock.timing, step),
      tell('in_progress', step, Math.round((place / steps.length) * 100)),
    )
  yield after(dock.timing.stepMs, tell('ok', steps.at(-1) ?? 'play', 100))
}
