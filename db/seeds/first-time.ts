import { asc, inArray } from 'drizzle-orm'
import { createHousehold } from '#app/households/records.ts'
import { moveStage } from '#app/households/moves.ts'
import { groupsOf } from '#app/sessions/totp.ts'
import { system } from '#app/users/actor.ts'
import { NEEDS_FACTOR } from '#app/users/permissions.ts'
import { hasUsers } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { households, regions } from '#db/schema/index.ts'
import { tellBatch } from '#db/seeds/demo-batches.ts'
import { tellCrosschecks } from '#db/seeds/demo-crosschecks.ts'
import { tellDuplicates } from '#db/seeds/demo-duplicates.ts'
import { tellMatching } from '#db/seeds/demo-matching.ts'
import { tellMusdes } from '#db/seeds/demo-musdes.ts'
import { determineSome, endPeriod, planPeriods } from '#db/seeds/demo-periods.ts'
import { tellOversight } from '#db/seeds/demo-oversight.ts'
import { tellPayments } from '#db/seeds/demo-payments.ts'
import { tellOpenProposals, tellVerifiedProposals } from '#db/seeds/demo-proposals.ts'
import { addDemoUsers, DEMO_DISTRICTS, DEMO_FACTOR, DEMO_PASSWORD, demoPeople } from '#db/seeds/demo-users.ts'
import { tellDesil } from '#db/seeds/demo-desil.ts'
import { tellEvidence } from '#db/seeds/demo-evidence.ts'
import { tellPrints } from '#db/seeds/demo-prints.ts'
import { tellProgrammes } from '#db/seeds/demo-programmes.ts'
import { tellCommitments, tellEligibility } from '#db/seeds/demo-pkh.ts'
import { tellLocal } from '#db/seeds/demo-local.ts'
import { tellQuality } from '#db/seeds/demo-quality.ts'
import { tellReports } from '#db/seeds/demo-reports.ts'
import { tellSocial } from '#db/seeds/demo-social.ts'
import { tellVisits } from '#db/seeds/demo-visits.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { loadRegions } from '#db/seeds/regions.ts'
import { transact } from '#db/transaction.ts'
import { ROLE_LABELS } from '#views/users/labels.ts'

const HOUSEHOLDS = 600
const DAY_MS = 86_400_000

// On an empty database: the regions of Indonesia, a small kabupaten with people at every stage, one user of each role.
// The same people and stages on every machine; only the days count back from today.
export async function seedFirstTime(db: Db, dataDirectory: string, now = new Date()) {
  if (hasUsers(db)) return
  console.log('Menyiapkan data contoh untuk pertama kali …')
  loadRegions(db)
  const villages = db.select({ code: regions.code }).from(regions).where(inArray(regions.parentCode, DEMO_DISTRICTS))
    .orderBy(asc(regions.code)).all().map(({ code }) => code)
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const demo: Demo = { db, dataDirectory, random: randomFrom(2026), people: demoPeople(villages), villages, daysAgo }
  await addDemoUsers(db, demo.people, daysAgo(70).toISOString())
  listHouseholds(demo)
  publish(demo)
  await tellStory(demo)
  await tellDesil(demo)
  tellProgrammes(demo)
  tellSocial(demo)
  await tellPayments(demo)
  tellCommitments(demo)
  await tellEligibility(demo)
  await tellLocal(demo)
  await tellCrosschecks(demo)
  const reportCode = tellReports(demo)
  await tellOversight(demo)
  tellLogins(demo)
  console.log(`Warga tanpa akun: /cek dan /lapor, kode laporan contoh ${reportCode}\n`)
}

// Three rounds that went before, one still under way: so every role finds something that waits for it.
async function tellStory(demo: Demo) {
  planPeriods(demo)
  await tellVisits(demo, { fates: [['verified', 5]], daysAgo: 52 })
  await tellVerifiedProposals(demo, 52)
  await tellBatch(demo, { title: 'Pengesahan tahap I', letterNumber: '460/118/2026', reached: 'determined', daysAgo: 48 })
  await endPeriod(demo, 1)
  await tellVisits(demo, { fates: [['verified', 5]], daysAgo: 36 })
  await tellBatch(demo, { title: 'Pengesahan tahap II', letterNumber: '460/127/2026', reached: 'dispatched', daysAgo: 32 })
  determineSome(demo, 27)
  await endPeriod(demo, 2)
  await tellVisits(demo, { fates: [['verified', 5]], daysAgo: 24 })
  await tellBatch(demo, { title: 'Pengesahan tahap III', letterNumber: '', reached: 'frozen', daysAgo: 20 })
  await tellMusdes(demo, 14)
  await tellOpenProposals(demo, 9)
  await tellVisits(demo, { fates: [['submitted', 12], ['returned', 3], ['checked', 8], ['recheck', 1], ['verified', 6]], daysAgo: 7 })
  tellSignIns(demo, 5)
  tellDuplicates(demo, 4)
  await tellMatching(demo, 3)
  await tellEvidence(demo, 6)
  await tellPrints(demo)
  tellQuality(demo)
}

// 600 households over the six desa, as an imported prelist leaves them.
function listHouseholds({ db, random, villages, daysAgo }: Demo) {
  const at = daysAgo(60)
  const today = daysAgo(0).toISOString().slice(0, 10)
  transact(db, system, (tx) => {
    for (let serial = 1; serial <= HOUSEHOLDS; serial += 1) {
      const regionCode = villages[serial % villages.length]!
      createHousehold(tx, {
        id: random.uuid(), regionCode, prelistId: `9934020${String(serial).padStart(6, '0')}`, orderNo: String(Math.ceil(serial / villages.length)),
        origin: 'prelist', record: makeHousehold(random, { regionCode, serial, today }), cause: 'prelist:contoh', stage: 'listed',
      })
    }
  }, at)
}

// Four of the six desa are published; in them half of the rows are already in an officer's hands.
function publish({ db, people: { dinsos, petugas, petugas2 }, villages, daysAgo }: Demo) {
  const published = db.select({ id: households.id, regionCode: households.regionCode, number: households.number, stage: households.stage })
    .from(households).where(inArray(households.regionCode, villages.slice(0, 4))).orderBy(asc(households.number)).all()
  transact(db, dinsos!, (tx) => published.forEach((row) => moveStage(tx, row, 'published')), daysAgo(57))
  const given = published.filter(({ number }) => number % 12 < 6)
  transact(db, dinsos!, (tx) => {
    for (const { id, regionCode } of given) {
      const officer = petugas!.regions.includes(regionCode) ? petugas! : petugas2!
      moveStage(tx, { id, stage: 'published' }, 'assigned', { subject: `officer:${officer.id}`, set: { officerId: officer.id } })
    }
  }, daysAgo(55))
}

// All but one have signed in, so that the review of access has somebody to ask about.
function tellSignIns({ db, people, daysAgo }: Demo, days: number) {
  for (const person of Object.values(people).filter(({ id }) => id !== 'petugas4')) transact(db, person, (tx) => tx.audit('session.started', person.id, { address: '127.0.0.1' }), daysAgo(days))
}

function tellLogins({ people }: Demo) {
  console.log(`\nLogin contoh (kata sandi semuanya: ${DEMO_PASSWORD})`)
  for (const { id, name, role } of Object.values(people)) console.log(`  ${id.padEnd(10)} ${ROLE_LABELS[role].padEnd(26)} ${name}${NEEDS_FACTOR.includes(role) ? '  + kode' : ''}`)
  console.log(`\nYang bertanda "+ kode" diminta kode 6 angka sesudah kata sandi. Kode saat ini: npm run demo:code\n`
    + `(atau masukkan kunci ini ke aplikasi autentikator: ${groupsOf(DEMO_FACTOR)})\n`)
}
