import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readConfigOrEnd } from '#app/config.ts'
import { installPackage } from '#app/exchange/installing.ts'
import { officeRecipient } from '#app/exchange/office-key.ts'
import { Problem } from '#app/problems.ts'

// For an office laptop, before there is anybody who could sign in.
const USAGE = `npm run exchange -- import BERKAS.siks --passphrase-file SANDI.txt   pasang paket wilayah di folder data yang kosong
npm run exchange -- key                                             tampilkan kunci kantor ini`

async function run() {
  const { positionals: [verb, file], values } = parseArgs({ allowPositionals: true, options: { 'passphrase-file': { type: 'string' } } })
  const { dataDirectory } = readConfigOrEnd()
  if (verb === 'key') return console.log(await officeRecipient(dataDirectory))
  if (verb !== 'import' || !file) {
    console.error(USAGE)
    return process.exit(1)
  }
  const passphrase = values['passphrase-file'] ? readFileSync(values['passphrase-file'], 'utf8').trim() : ''
  const { regionCode, households, exportedAt } = await installPackage(dataDirectory, file, passphrase)
  console.log(`Paket wilayah ${regionCode} per ${exportedAt} terpasang di ${dataDirectory}: ${households} rumah tangga. Jalankan: SIKS_DEMO=false npm start`)
}

await run().catch((error: unknown) => {
  if (!(error instanceof Problem) && !(error instanceof Error && 'code' in error)) throw error
  console.error(error instanceof Problem ? Object.values(error.fields)[0] ?? error.message : (error as Error).message)
  process.exitCode = 1
})
