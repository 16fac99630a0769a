import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wilson } from '#app/backchecks/intervals.ts'
import { openDatabase } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { isFabricating, runCampaign, type Told } from '#test/support/campaign.ts'
import { KINDS } from '#test/support/fabricators.ts'

// Whether officers who make visits up are told from those who do not, over campaigns of labelled officers. Thresholds were chosen
// on campaigns 1 to 310; those reported here are others. `node --import tsx test/bench/fraud.ts [campaigns] [first]`.
const CAMPAIGNS = Number(process.argv[2] ?? 10)
const FIRST = Number(process.argv[3] ?? 401)
const VISITS_EACH = 32
const FABRICATING = 0.35

const say = (name: string, value: number, more: Record<string, unknown> = {}) => console.log(JSON.stringify({ name, value: Number(value.toFixed(4)), unit: 'share', ...more }))

async function measureFraud(campaigns: number, first: number): Promise<Told[]> {
  const told: Told[] = []
  for (let seed = first; seed < first + campaigns; seed += 1) {
    const directory = mkdtempSync(join(tmpdir(), 'siks-fraud-'))
    const db = openDatabase(':memory:')
    migrate(db)
    const found = await runCampaign(db, directory, { seed, visitsEach: VISITS_EACH, fabricating: FABRICATING })
    if (process.env.FRAUD_VERBOSE) for (const one of found) if (isFabricating(one) !== (one.level === 'look')) console.error(JSON.stringify({ seed, ...one }))
    told.push(...found)
    db.$client.close()
    rmSync(directory, { recursive: true, force: true })
  }
  return told
}

function interval(hits: number, tries: number) {
  const { low, high } = wilson(hits, tries)
  return { low: Number(low.toFixed(3)), high: Number(high.toFixed(3)) }
}

const seenIn = (told: Told[]) => told.filter(({ level }) => level === 'look').length

function reportFraud(told: Told[]) {
  const [guilty, honest] = [told.filter(isFabricating), told.filter((one) => !isFabricating(one))]
  say('fraud_recall', seenIn(guilty) / guilty.length, { n: guilty.length, ...interval(seenIn(guilty), guilty.length), bar: '>= 0.95' })
  say('fraud_false_alarm', seenIn(honest) / honest.length, { n: honest.length, ...interval(seenIn(honest), honest.length), bar: '<= 0.02' })
  for (const kind of KINDS) {
    const those = guilty.filter((one) => one.kind === kind)
    if (those.length > 0) say(`fraud_recall_${kind}`, seenIn(those) / those.length, { n: those.length, ...interval(seenIn(those), those.length) })
  }
}

reportFraud(await measureFraud(CAMPAIGNS, FIRST))
