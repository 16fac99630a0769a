import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { receiveFiles } from '#app/files/upload.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { workOnIntake } from '#app/intake/intake-work.ts'
import { openPaymentIntake } from '#app/intake/intakes.ts'
import { recordAccount } from '#app/payments/accounts.ts'
import { countFailed, GONE, listFailed, printLines } from '#app/payments/lines.ts'
import { isStopped, listsSoon, workOnList } from '#app/payments/list-work.ts'
import { askList, countPlaces, getList, listLists, totalOf } from '#app/payments/lists.ts'
import { makingChoices, openPayment, readLines } from '#app/payments/page-parts.ts'
import { getPayment, PAID_PROGRAMMES, recordResult, statusWords } from '#app/payments/payments.ts'
import { withWays } from '#app/payments/ways-on.ts'
import { invalid, type Problem } from '#app/problems.ts'
import { NamePlace } from '#app/programmes/route-parts.ts'
import { wordsOn } from '#app/programmes/settings.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { asCsv } from '#views/dtsen/csv.ts'
import { resultTemplate } from '#views/intake/csv.ts'
import { FailedPage } from '#views/payments/failed.tsx'
import { LinesPage } from '#views/payments/lines.tsx'
import { ListPage, ListState } from '#views/payments/list.tsx'
import { PaymentsPage } from '#views/payments/overview.tsx'
import { PaymentPaper } from '#views/payments/paper.tsx'
import { PaymentPage } from '#views/payments/payment.tsx'
import { ResultUploadPage } from '#views/payments/upload.tsx'

const programme = z.enum(PAID_PROGRAMMES).catch('sembako')
const kind = z.enum(['waiting', 'paid', 'failed', 'excluded', GONE]).optional().catch(undefined)
const text = (most: number) => z.string().trim().max(most, `Paling banyak ${most} huruf.`).default('')
const listPlace = z.string().regex(/^\d{4}-\d{2}-\d{2}~[\d.]{2,13}~[^~]{1,80}$/).transform((found) => {
  const [startsOn, regionCode, id] = found.split('~')
  return { startsOn: startsOn!, regionCode: regionCode!, id: id! }
}).optional().catch(undefined)
const Overview = z.object({ programme, after: listPlace })
const Lines = z.object({ region: pickedRegion, kind, q: text(100), after: NamePlace })
const Failed = z.object({ programme, region: pickedRegion, reason: z.string().max(60).optional().transform((code) => code || undefined), after: NamePlace })
const NewList = z.object({ id: z.uuid(), programme, period: z.string().min(1, 'Pilih periode.').max(80), region: pickedRegion })
const Upload = z.object({ source: z.string().trim().min(3, 'Tuliskan dari mana berkas ini.').max(200, 'Paling banyak 200 huruf.') })
const seen = z.coerce.number().int().min(1)
const Status = z.object({ key: z.uuid(), seen, status: z.string().min(1, 'Pilih status penyaluran.').max(60), reasonCode: text(60), note: text(200) })
const AccountForm = z.object({ key: z.uuid(), seen, bank: text(60), accountNumber: text(20), state: text(60), accountNote: text(200) })
const Village = z.object({ village: z.string().max(13).default('') })

const today = () => dayOf(new Date().toISOString())
const idOf = (c: Context<Env>) => c.req.param('id')!

// Payments of PKH and Sembako: the lists of a period and what became of each.
export const paymentRoutes = ({ db, dataDirectory }: Deps) => {
  const overview = (c: Context<Env>, { programme: code, after }: z.output<typeof Overview>, problem?: Problem) => {
    const { lists, next } = listLists(db, c.var.actor, code, after)
    return page(c, 'Penyaluran', <PaymentsPage programme={code} lists={lists.map((list) => ({ ...list, stopped: isStopped(db, list) }))} next={next} failed={countFailed(db, c.var.actor, code)}
      mayPay={can(c.var.actor, 'programme.pay')} {...makingChoices(db, c.var.actor, code)} newId={crypto.randomUUID()} problem={problem} />, { status: problem?.status })
  }
  const upload = (c: Context<Env>, source?: string, problem?: Problem) => {
    const list = getList({ db, actor: c.var.actor }, idOf(c))
    return page(c, 'Unggah hasil salur', <ResultUploadPage list={list} statuses={statusWords(db, list.programme, today())} reasons={wordsOn(db, list.programme, 'payment_reason', today())} source={source} problem={problem} />, { status: problem?.status })
  }
  const payment = (c: Context<Env>, problem?: Problem, typed?: Record<string, string>) => {
    const shown = openPayment(db, c.var.actor, idOf(c), today())
    return page(c, shown.payment.name, <PaymentPage {...shown} keys={{ status: crypto.randomUUID(), account: crypto.randomUUID() }} problem={problem} typed={typed} />, { status: problem?.status })
  }
  const post = async (c: Context<Env>, message: string, work: () => void | Promise<void>) => {
    const { problem } = await attempt(work)
    if (problem?.code === 'invalid') return payment(c, problem, await c.req.parseBody() as Record<string, string>)
    if (problem) throw problem
    return changed(c, `/payments/${idOf(c)}`, { message })
  }

  return new Hono<Env>()
    .use(may('programme.read'))
    .get('/', (c) => overview(c, readQuery(c, Overview)))
    .get('/template.csv', (c) => c.body(resultTemplate(), 200, asCsv('contoh-hasil-salur.csv')))

    .get('/failed', (c) => {
      const { after, ...filter } = readQuery(c, Failed)
      const { rows, next } = listFailed(db, c.var.actor, filter, after)
      return page(c, 'Gagal salur', <FailedPage {...filter} rows={withWays(db, c.var.actor, rows)} next={next} reasons={wordsOn(db, filter.programme, 'payment_reason', today()).map(({ code, label }) => ({ value: code, label }))}
        places={placeChoices(db, c.var.actor, filter.region)} mayExport={can(c.var.actor, 'export.make')} />)
    })

    .post('/lists', may('programme.pay'), async (c) => {
      const { value, problem } = await attempt(async () => {
        const { id, period, region } = await readForm(c, NewList)
        return transact(db, c.var.actor, (tx) => askList(tx, { id, periodId: period, regionCode: region }))
      })
      if (problem?.code === 'invalid') return overview(c, { programme: programme.parse((await c.req.parseBody()).programme) }, problem)
      if (problem) throw problem
      workOnList(db, value)
      await listsSoon(db)
      return changed(c, `/payments/lists/${value}`, { message: 'Daftar salur disusun dari penerima yang sedang menerima.' })
    })

    .get('/lists/:id', (c) => {
      const { actor } = c.var
      const list = getList({ db, actor }, idOf(c))
      const places = countPlaces(db, actor, list.id)
      const shown = { list, places, total: totalOf(places), stopped: isStopped(db, list), mayPay: can(actor, 'programme.pay'), mayExport: can(actor, 'export.make'), newId: crypto.randomUUID() }
      return page(c, 'Daftar salur', () => <ListPage {...shown} />, { part: () => <ListState {...shown} /> })
    })
    .get('/lists/:id/lines', (c) => {
      const { after, ...filter } = readQuery(c, Lines)
      return page(c, 'Penerima dalam daftar salur', <LinesPage list={getList({ db, actor: c.var.actor }, idOf(c))} {...readLines(db, c.var.actor, idOf(c), filter, after)} filter={filter}
        places={placeChoices(db, c.var.actor, filter.region)} mayExport={can(c.var.actor, 'export.make')} />)
    })
    .get('/lists/:id/print', (c) => {
      const { village } = readQuery(c, Village)
      return page(c, 'Cetak daftar salur', <PaymentPaper paper={transact(db, c.var.actor, (tx) => printLines(tx, idOf(c), village))} />)
    })
    .get('/lists/:id/results/new', may('programme.pay'), (c) => upload(c))
    .post('/lists/:id/results', may('programme.pay'), async (c) => {
      const { fields, files: [file] } = await receiveFiles(c, dataDirectory, { file: 'table' })
      const { value, problem } = await attempt(() => {
        const { source } = parse(Upload, fields)
        if (!file) throw invalid({ file: 'Pilih berkas CSV atau XLSX.' })
        return transact(db, c.var.actor, (tx) => openPaymentIntake(tx, { id: crypto.randomUUID(), file, listId: idOf(c), source }))
      })
      if (problem?.code === 'invalid') return upload(c, String(fields.source ?? ''), problem)
      if (problem) throw problem
      workOnIntake(db, dataDirectory, value.id)
      return changed(c, `/intake/${value.id}`, { message: value.known ? 'Berkas yang sama sudah pernah diunggah. Ini hasilnya.' : 'Berkas diterima dan sedang dibaca.' })
    })

    .get('/:id', (c) => payment(c))
    .post('/:id/status', may('programme.pay'), (c) => post(c, 'Hasil salur tercatat.', async () => {
      const result = await readForm(c, Status)
      transact(db, c.var.actor, (tx) => recordResult(tx, idOf(c), result))
    }))
    .post('/:id/account', may('programme.pay'), (c) => post(c, 'Pemeriksaan rekening tercatat.', async () => {
      const { accountNote: note, ...check } = await readForm(c, AccountForm)
      transact(db, c.var.actor, (tx) => recordAccount(tx, getPayment(tx, idOf(c)).recipientId, { ...check, note }))
    }))
}
