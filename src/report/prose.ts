import { visible } from './visible.ts'

/** Foreign text within Markdown, on one line: neither markup nor the bars of a table. */
export function prose(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]#|~!@]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
