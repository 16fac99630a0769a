import { Hono } from 'hono'
import * as z from 'zod'
import { receiveFiles } from '#app/files/upload.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { getWaiting, giveNumbers, openWaiting, sendBackWaiting } from '#app/numbers/giving.ts'
import { printWaits } from '#app/numbers/paper.ts'
import { listWaits } from '#app/numbers/waiting.ts'
import { missingInWords } from '#app/questionnaire/missing-numbers.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { texts } from '#app/typed.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { GivePage } from '#views/numbers/form.tsx'
import { WaitsPage, WaitsRows } from '#views/numbers/list.tsx'
import { WaitsPaperPage } from '#views/numbers/paper.tsx'

const place = z.string().max(120).regex(/^[\d.]{13}~[^~]{1,40}~[\w-]{1,64}$/).transform((text) => { const [region, since, id] = text.split('~') as [string, string, string]; return { region, since, id } })
const List = z.object({ region: pickedRegion, after: place.optional().catch(undefined) })
const Giving = z.object({ id: z.uuid(), revision: z.coerce.number().int() })
const Returning = z.object({ key: z.uuid(), note: z.string().trim().min(3, 'Tuliskan alasannya.').max(1000, 'Paling panjang 1.000 huruf.') })

export const numberRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .use(may('number.read'))
  .get('/', (c) => {
    const { actor } = c.var
    const { region, after } = readQuery(c, List)
    const shown = { ...listWaits(db, actor, region, after), region, mayGive: can(actor, 'number.give') }
    return page(c, 'Menunggu Dukcapil', () => <WaitsPage {...shown} mayExport={can(actor, 'export.make')} places={placeChoices(db, actor, region)} />, { part: () => <WaitsRows {...shown} /> })
  })

  .get('/print', may('number.give'), (c) => {
    const { region, after } = readQuery(c, List)
    const paper = transact(db, c.var.actor, (tx) => printWaits(tx, region, after))
    return page(c, 'Daftar untuk Dukcapil', <WaitsPaperPage paper={paper} region={region} />)
  })

  .get('/:household', may('number.give'), (c) => {
    const found = transact(db, c.var.actor, (tx) => openWaiting(tx, c.req.param('household')))
    return page(c, found.household.headName, <GivePage {...found} typed={{}} formId={crypto.randomUUID()} returnKey={crypto.randomUUID()} maySendBack={can(c.var.actor, 'visit.verify')} />)
  })

  .post('/:household', may('number.give'), async (c) => {
    const { actor } = c.var
    const id = c.req.param('household')
    const { fields, files } = await receiveFiles(c, dataDirectory, { 'F-KK': 'photo' })
    const typed = texts(fields)
    const { value: left, problem } = await attempt(() => transact(db, actor, (tx) => giveNumbers(tx, id, { ...parse(Giving, fields), numbers: typed, photo: files[0] })))
    if (!problem) return changed(c, '/numbers', { message: left.length === 0 ? 'Nomor disimpan. Data ini kembali ke pemeriksa, lalu masuk berkas pengesahan berikutnya.' : `Nomor disimpan. Masih menunggu ${left.map(missingInWords).join('; ')}.` })
    if (problem.code !== 'invalid' && problem.code !== 'conflict') throw problem
    const found = getWaiting({ db, actor }, id)
    return page(c, found.household.headName, <GivePage {...found} typed={typed} problem={problem} formId={typed.id ?? crypto.randomUUID()} returnKey={crypto.randomUUID()} maySendBack={can(actor, 'visit.verify')} />, { status: problem.status })
  })

  .post('/:household/return', may('visit.verify'), async (c) => {
    const form = await readForm(c, Returning)
    transact(db, c.var.actor, (tx) => sendBackWaiting(tx, c.req.param('household'), form))
    return changed(c, '/numbers', { message: 'Dikembalikan ke pemeriksa.' })
  })
