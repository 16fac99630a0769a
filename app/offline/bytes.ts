// Bytes whose memory is theirs alone: what WebCrypto and IndexedDB take.
export type Bytes = Uint8Array<ArrayBuffer>

export const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

export const toHex = (bytes: ArrayBuffer | Uint8Array) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

export const sha256 = async (bytes: BufferSource): Promise<string> => toHex(await crypto.subtle.digest('SHA-256', bytes))
