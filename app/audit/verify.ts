import { existsSync } from 'node:fs'
import { verifyChain } from '#app/audit/audit.ts'
import { readConfigOrEnd } from '#app/config.ts'
import { openDatabase } from '#db/connection.ts'

// `npm run audit:verify`. Reads beside the running server; exit code 1 when the chain is broken.
const { database } = readConfigOrEnd()
if (!existsSync(database)) {
  console.error(`Basis data ${database} tidak ada.`)
  process.exit(2)
}
const db = openDatabase(database)
const { count, lastHash, broken } = await verifyChain(db)
db.$client.close()
console.log(broken
  ? `RUSAK pada baris ${broken.seq}: ${broken.reason}.`
  : `Utuh: ${count} baris, hash terakhir ${lastHash}.`)
process.exitCode = broken ? 1 : 0
