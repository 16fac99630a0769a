import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Decrypter } from 'age-encryption'
import { officeIdentity } from '#app/exchange/office-key.ts'
import { passphraseIdentity } from '#app/exchange/passphrase.ts'
import { asFull, invalid, Problem } from '#app/problems.ts'

const MADE_WITH_PASSPHRASE = /^age-encryption\.org\/v1\r?\n-> scrypt /

export type Key = { dataDirectory: string, passphrase: string }

// Decrypts a file into another: only when the last of it is proven whole is anything in it believed. Streams, so that a
// large file takes no more memory than a small one. The fields named are those of the forms that upload it.
export async function decryptFile(from: string, to: string, { dataDirectory, passphrase }: Key) {
  const locked = MADE_WITH_PASSPHRASE.test(await startOf(from))
  if (locked && !passphrase) throw invalid({ passphrase: 'Berkas ini dikunci dengan kata sandi. Ketik kata sandinya.' })
  const decrypter = new Decrypter()
  decrypter.addIdentity(locked ? passphraseIdentity(passphrase) : await officeIdentity(dataDirectory))
  const source = Readable.toWeb(createReadStream(from)) as ReadableStream<Uint8Array>
  const plain = await decrypter.decrypt(source).catch((error: Error) => {
    if (!error.message.startsWith('no identity matched')) throw damaged()
    throw locked ? invalid({ passphrase: 'Kata sandi ini tidak membuka berkasnya. Tanyakan lagi kepada pembuatnya.' })
      : invalid({ file: 'Berkas ini dikunci untuk kantor lain, jadi tidak bisa dibuka di sini.' })
  })
  await writeFrom(plain, to)
}

async function startOf(path: string): Promise<string> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function writeFrom(plain: ReadableStream<Uint8Array>, to: string) {
  const handle = await open(to, 'wx', 0o600)
  try {
    for await (const chunk of plain) await handle.appendFile(chunk)
    await handle.datasync()
  } catch (error) {
    const told = asFull(error)
    throw told instanceof Problem ? told : damaged()
  } finally {
    await handle.close()
  }
}

const damaged = () => invalid({ file: 'Berkas ini rusak atau terpotong. Salin ulang dari HP atau laptop asalnya.' })
