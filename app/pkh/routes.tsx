import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { attempt, changed, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { placeChoices } from '#app/households/place-choices.ts'
import { readVerification, recordCommitments } from '#app/pkh/commitments.ts'
import { familyOfRecipient } from '#app/pkh/members.ts'
import { getPkhRecipient, recordNumbers } from '#app/pkh/numbers.ts'
import { listWork, WORK_LISTS } from '#app/pkh/work-lists.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { CommitmentsPage } from '#views/pkh/commitments.tsx'
import { NumbersPage } from '#views/pkh/numbers.tsx'
import { WorkListsPage } from '#views/pkh/work-lists.tsx'

const Work = z.object({ list: z.enum(WORK_LISTS).catch('validation'), region: pickedRegion, after: z.string().max(400).optional() })
const typed = z.string().trim().max(300, 'Paling panjang 300 huruf.')
const Numbers = z.object({ key: z.uuid() }).catchall(typed)
const Attendance = z.object({ key: z.uuid(), periodId: z.string().max(60) }).catchall(typed)

const placeOf = (text = '') => {
  const [region, id, ...name] = text.split('~')
  return region && id ? { region, id, name: name.join('~') } : undefined
}

// "due-3" among the fields is what was typed about the third member.
const seqsOf = (fields: object, prefix: string) => Object.keys(fields).filter((name) => name.startsWith(`${prefix}-`)).map((name) => Number(name.slice(prefix.length + 1)))

export const pkhRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', may('programme.read'), (c) => {
    const { actor } = c.var
    const { list, region, after } = readQuery(c, Work)
    const work = listWork(db, actor, list, region, new Date().toISOString(), placeOf(after))
    return page(c, 'Pekerjaan PKH', <WorkListsPage list={list} region={region} page={work} choices={placeChoices(db, actor, region)} mayPropose={can(actor, 'programme.propose')} />)
  })

  .get('/recipients/:id/commitments', may('programme.propose'), (c) => {
    const verification = readVerification({ db, actor: c.var.actor }, c.req.param('id'), new Date().toISOString())
    const known = Object.fromEntries(verification.known.flatMap(({ memberSeq, due, attended, note }) => [[`due-${memberSeq}`, String(due)], [`attended-${memberSeq}`, String(attended)], [`note-${memberSeq}`, note]]))
    return page(c, 'Catat kehadiran', <CommitmentsPage verification={verification} formKey={crypto.randomUUID()} typed={known} />)
  })

  .post('/recipients/:id/commitments', may('programme.propose'), async (c) => {
    const id = c.req.param('id')
    const { key, periodId, ...fields } = await readForm(c, Attendance)
    const results = seqsOf(fields, 'due').map((seq) => ({ seq, due: fields[`due-${seq}`] ?? '', attended: fields[`attended-${seq}`] ?? '', note: fields[`note-${seq}`] ?? '' }))
    const { value, problem } = await attempt(() => transact(db, c.var.actor, (tx) => recordCommitments(tx, id, key, periodId, results)))
    if (problem && problem.code !== 'invalid') throw problem
    if (problem) {
      const verification = readVerification({ db, actor: c.var.actor }, id, new Date().toISOString())
      return page(c, 'Catat kehadiran', <CommitmentsPage verification={verification} formKey={key} typed={fields} fields={problem.fields} message={problem.message} />, { status: 422 })
    }
    const { unmet } = value!
    return changed(c, `/programmes/pkh/recipients/${id}`, { message: unmet === 0 ? 'Kehadiran dicatat. Komitmen terpenuhi.' : `Kehadiran dicatat. Komitmen ${unmet} anggota belum terpenuhi; pertimbangkan penangguhan.` })
  })

  .get('/recipients/:id/numbers', may('programme.verify'), (c) => showNumbers(db, c, {}))

  .post('/recipients/:id/numbers', may('programme.verify'), async (c) => {
    const id = c.req.param('id')
    const { key, ...fields } = await readForm(c, Numbers)
    const numbers = seqsOf(fields, 'number').map((seq) => ({ seq, number: fields[`number-${seq}`] ?? '' }))
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => recordNumbers(tx, id, key, numbers)))
    if (problem && problem.code !== 'invalid') throw problem
    if (problem) return showNumbers(db, c, fields, { key, fields: problem.fields, message: problem.message })
    return changed(c, `/programmes/pkh/recipients/${id}`, { message: 'No. ART PKH disimpan.' })
  })

type Refused = { key: string, fields: Record<string, string>, message: string }

function showNumbers(db: Db, c: Context<Env>, typedBefore: Record<string, string>, refused?: Refused) {
  const recipient = getPkhRecipient({ db, actor: c.var.actor }, c.req.param('id')!)
  const family = familyOfRecipient(db, recipient, dayOf(new Date().toISOString()))
  return page(c, 'No. ART PKH', <NumbersPage recipient={recipient} family={family} formKey={refused?.key ?? crypto.randomUUID()} typed={typedBefore} fields={refused?.fields} message={refused?.message} />,
    refused && { status: 422 })
}
