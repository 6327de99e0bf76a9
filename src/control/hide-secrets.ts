/** Fields of messages that hold secrets: of a relay, of object storage, of a licence, of a device. */
const secrets = ['password', 'app_key', 'app_license', 'device_secret', 'access_key_secret', 'security_token']

const field = new RegExp(String.raw`("(?:${secrets.join('|')})"\s*:\s*)"(?:[^"\\]|\\.)*"`, 'g')

/** The text of a message without the secrets that it carries; what is empty stays empty. */
export function hideSecrets(text: string): string {
  return text.replaceAll(field, (whole, name: string) => (whole.endsWith(':""') ? whole : `${name}"***"`))
}
