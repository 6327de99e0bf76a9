import type { Defect } from './defect.ts'
import { themes } from './defect.ts'
import type { Variant } from './variant.ts'

/** `docs/defects.md`: the catalogue, with the rules that have to catch each defect. */
export function defectsPage(defects: readonly Defect[], variants: readonly Variant[]): string {
  const sections = themes.flatMap((theme) => {
    const rows = defects.filter((defect) => defect.theme === theme)
    return [
      `## ${theme}`,
      '',
      '| defect | what is done wrong | caught by |',
      '| --- | --- | --- |',
      ...rows.map(row),
      '',
    ]
  })
  return [
    '<!-- Generated, do not edit. Write anew with: npx tsx tools/generate-docs.ts -->',
    '',
    '# Known defects',
    '',
    `The suite is proved with ${defects.length} gateways that have one defect each, and with ${variants.length} that are right in another`,
    'way. Each defect must be caught by one of the rules named here, and no variant may be accused at level `should`.',
    '',
    ...sections,
    '## Variants',
    '',
    '| variant | what it does otherwise |',
    '| --- | --- |',
    ...variants.map(({ name, sentence }) => `| \`${name}\` | ${sentence} |`),
    '',
  ].join('\n')
}

function row({ name, sentence, breaks }: Defect): string {
  const by = breaks.map((rule) => `\`${rule}\``).join(', ')
  return `| \`${name}\` | ${sentence.replaceAll('|', String.raw`\|`)} | ${by} |`
}
