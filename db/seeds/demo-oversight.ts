import { asc, eq } from 'drizzle-orm'
import { judgePair } from '#app/backchecks/judging.ts'
import { addFront, submitRevisit } from '#app/backchecks/revisits.ts'
import { drawing } from '#app/backchecks/drawing.ts'
import { askDrawing, planRound } from '#app/backchecks/rounds.ts'
import { askedItems } from '#app/backchecks/settings.ts'
import { FORMS } from '#app/monitoring/forms.ts'
import { recordSheet } from '#app/monitoring/sheets.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { presentMembers } from '#app/questionnaire/record.ts'
import { makeTask, moveTask } from '#app/tasks/tasks.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import { backchecks, visits } from '#db/schema/index.ts'
import type { Backcheck } from '#app/backchecks/assigning.ts'
import type { Verdict } from '#app/backchecks/items.ts'
import { DEMO_REGENCY } from '#db/seeds/demo-users.ts'
import { photosFor } from '#db/seeds/demo-photos.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { transact } from '#db/transaction.ts'

// A round of revisits, half of it made and some of it judged, and one that is only planned; filled monitoring forms; tasks of every state.
export async function tellOversight(demo: Demo) {
  await tellRevisits(demo)
  tellMonitoring(demo)
  tellTasks(demo)
}

const day = (demo: Demo, daysAgo: number) => dayOf(demo.daysAgo(daysAgo).toISOString())

async function tellRevisits(demo: Demo) {
  const { db, random, people } = demo
  const plan = (id: string, title: string, from: number, to: number) => ({
    id, title, regionCode: DEMO_REGENCY, fromDay: day(demo, from), toDay: day(demo, to), sizeKind: 'share' as const, size: 60, riskShare: 50, dueOn: day(demo, -14), items: askedItems(db),
  })
  const [drawn, planned] = [random.uuid(), random.uuid()]
  transact(db, people.dinsos!, (tx) => planRound(tx, plan(drawn, 'Kunjungan ulang tahap I–III', 60, 15)), demo.daysAgo(6))
  transact(db, people.dinsos!, (tx) => askDrawing(tx, drawn, { key: random.uuid() }), demo.daysAgo(6))
  for (const _ of drawing(db, drawn, { makeSeed: () => 'contoh-2026', clock: () => demo.daysAgo(6) }));
  transact(db, people.dinsos!, (tx) => planRound(tx, plan(planned, 'Kunjungan ulang minggu ini', 14, 0)), demo.daysAgo(0))
  const rows = db.select().from(backchecks).where(eq(backchecks.roundId, drawn)).orderBy(asc(backchecks.position)).all()
  for (const [i, row] of rows.entries()) if (i % 4 !== 3) await revisit(demo, row, i)
}

// Every third one finds another floor; every fifth one nobody who remembers the officer.
async function revisit(demo: Demo, { id, visitId, officerId, revision }: Backcheck, turn: number) {
  const { db, random, people, dataDirectory, daysAgo } = demo
  const officer = Object.values(people).find((person) => person.id === officerId)
  if (!officer) return
  const { record, latitude, longitude, outcome } = db.select().from(visits).where(eq(visits.id, visitId)).get()!
  const at = daysAgo(4)
  const fields: Record<string, string> = Object.fromEntries(Object.entries(record.household).map(([key, value]) => [key, String(value ?? '')]))
  Object.assign(fields, { visitedBefore: String(turn % 5 !== 0), memberCount: String(presentMembers(record).length), memberNames: presentMembers(record).map(({ name }) => name).join('\n'), ...(turn % 3 === 1 && { floorType: '9', hasFridge: 'false' }) })
  const [photo] = await photosFor(dataDirectory, id, ['F-RUMAH'])
  transact(db, officer, (tx) => addFront(tx, id, { ...photo!.file, field: 'front', name: 'tampak-depan.jpg' }), at)
  const blank = Object.fromEntries(askedItems(db).filter(({ key }) => !fields[key]).map(({ key }) => [key, 'unknown']))
  transact(db, officer, (tx) => submitRevisit(tx, id, {
    key: random.uuid(), revision, meeting: outcome === 1 ? 'met' : 'absent', note: '', coordinate: { latitude: latitude!, longitude: longitude! + 0.0002, accuracyM: 9, locatedAt: at.toISOString() }, fields: { ...fields, ...blank },
  }), at)
  if (turn === 1) judge(demo, id, officer, { floorType: 'officer_wrong', hasFridge: 'changed' })
}

function judge({ db, random, people, daysAgo }: Demo, id: string, officer: Actor, verdicts: Record<string, Verdict>) {
  const { revision, differences, regionCode } = db.select().from(backchecks).where(eq(backchecks.id, id)).get()!
  // The koordinator has let the first visits through.
  const { dinsos } = people
  if (differences > 0 && dinsos && dinsos.id !== officer.id && isWithin(regionCode, dinsos)) transact(db, dinsos, (tx) => judgePair(tx, id, { key: random.uuid(), revision, verdicts, note: 'Ditanyakan kepada kepala dusun.' }), daysAgo(2))
}

function tellMonitoring(demo: Demo) {
  const { db, random, people, villages, daysAgo } = demo
  const fill = (writer: Actor, form: keyof typeof FORMS, days: number, { region, place, finding = '', subject = '' }: { region: string, place: string, finding?: string, subject?: string }) => {
    const fields = Object.fromEntries(FORMS[form].questions.flatMap(({ code, type, options = [], reversed }) => type === 'yesno' ? [[code, (random.chance(0.8) !== Boolean(reversed)) ? '1' : '2']]
      : type === 'scale' ? [[code, String(random.between(2, 4))]] : type === 'choice' ? [[code, String(random.pick(options).code)]] : []))
    const id = random.uuid()
    transact(db, writer, (tx) => recordSheet(tx, { id, form, regionCode: region, heldOn: day(demo, days), place, finding, subjectId: subject, participants: random.between(1, 40), fields }, []), daysAgo(days))
    return id
  }
  fill(people.dinsos!, 'bimtek', 56, { region: DEMO_REGENCY, place: 'Aula Dinas Sosial' })
  for (const [i, region] of villages.slice(0, 4).entries()) fill(i < 2 ? people.korcam! : people.korcam2!, 'musdes', 14 - i, { region, place: 'Balai desa' })
  for (const days of [6, 4]) fill(people.pengawas!, 'enumerator', days, { region: villages[0]!, place: 'Dusun', subject: people.petugas!.id, finding: 'KK tidak selalu diminta. Ingatkan petugas.' })
  const id = fill(people.korcam!, 'revisit', 3, { region: villages[0]!, place: 'RT 02', subject: people.petugas!.id, finding: 'Dua rumah merasa belum difoto bagian dapurnya.' })
  transact(db, people.korcam!, (tx) => makeTask(tx, { id: random.uuid(), title: 'Lengkapi foto dapur di RT 02', text: 'Lihat temuan pemantauan.', about: { kind: 'monitoring', id }, assigneeId: people.petugas!.id, dueOn: day(demo, -3) }), daysAgo(3))
}

function tellTasks(demo: Demo) {
  const { db, random, people, villages, daysAgo } = demo
  const make = (giver: Actor, assignee: Actor, title: string, due: number, region: string) => {
    const id = random.uuid()
    transact(db, giver, (tx) => makeTask(tx, { id, title, text: '', about: { kind: 'region', id: region }, assigneeId: assignee.id, dueOn: day(demo, due) }), daysAgo(9))
    return id
  }
  const move = (id: string, actor: Actor, revision: number, status: 'working' | 'done', note: string) => transact(db, actor, (tx) => moveTask(tx, id, { key: random.uuid(), revision, status, note }), daysAgo(2))
  make(people.dinsos!, people.korcam!, 'Telepon desa yang belum musdes', 1, villages[1]!)
  move(make(people.korcam!, people.petugas!, 'Datangi lagi tiga rumah yang menolak', -5, villages[0]!), people.petugas!, 1, 'working', 'Satu sudah mau diwawancarai.')
  const done = make(people.korcam!, people.pengawas!, 'Dampingi petugas dua hari', -1, villages[0]!)
  move(done, people.pengawas!, 1, 'working', '')
  move(done, people.pengawas!, 2, 'done', 'Sudah, formulirnya diisi.')
}
