import { spawnSync } from 'node:child_process'

// Known holes in what we build upon, as part of `npm run check`. Where the registry cannot be asked (no network, a mirror that
// does not answer such questions) it says so and nothing fails: a check that depends on somebody else's server is no judge.
type Report = { vulnerabilities?: Record<string, { severity: string, via: unknown[] }>, metadata?: { vulnerabilities: Record<string, number> } }
const GRAVE = new Set(['high', 'critical'])

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', timeout: 30_000, shell: process.platform === 'win32' })
const report = read(stdout)
if (!report?.metadata) {
  console.log('dependencies: not checked, the registry could not be asked')
} else {
  const grave = Object.entries(report.vulnerabilities ?? {}).filter(([, { severity }]) => GRAVE.has(severity)).map(([name, { severity }]) => `${name} (${severity})`)
  console.log(grave.length === 0 ? 'dependencies: no grave hole known' : `dependencies: grave holes known in ${grave.join(', ')}; see npm audit`)
  if (grave.length > 0) process.exitCode = 1
}

function read(text: string): Report | undefined {
  try {
    return JSON.parse(text) as Report
  } catch {
    return undefined
  }
}
