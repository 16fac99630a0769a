import { mkdirSync } from 'node:fs'
import { readConfigOrEnd } from '#app/config.ts'
import { openPrepared } from '#app/operation/starting.ts'

// `npm run migrate`: brings the database to what this program needs, as a start of the server does, and ends.
const config = readConfigOrEnd()
mkdirSync(config.dataDirectory, { recursive: true })
openPrepared(config).$client.close()
console.log('Basis data sesuai dengan program ini.')
