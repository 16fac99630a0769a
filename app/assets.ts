import { existsSync, readFileSync } from 'node:fs'
import { setAssets } from '#views/ui/assets.ts'

// The build's list of static files and their hashes, so that browsers may keep them for a year.
export function loadAssets(file = '.build/static/manifest.json') {
  if (existsSync(file)) setAssets(JSON.parse(readFileSync(file, 'utf8')))
}
