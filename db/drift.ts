import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'

// The migrations must say what db/schema says. drizzle-kit compares them on a copy, so a difference writes nothing here.
// The copy lies beside: drizzle-kit knows no absolute paths.
const copy = mkdtempSync('.drift-')
cpSync('db/migrations', copy, { recursive: true })
const said = execFileSync('node_modules/.bin/drizzle-kit',
  ['generate', '--dialect', 'sqlite', '--schema', './db/schema/index.ts', '--out', copy, '--name', 'drift'], { encoding: 'utf8' })
rmSync(copy, { recursive: true })
if (!said.includes('No schema changes')) {
  console.error(said)
  process.exit(1)
}
console.log('migrations match the schema')
