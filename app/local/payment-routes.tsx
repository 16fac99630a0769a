import { Hono, type Context } from 'hono'
import { receiveFiles } from '#app/files/upload.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { payByFile, readPaidLines, type FileErrors } from '#app/local/payment-file.ts'
import { cancelPayment, listDue, monthName, recordPayments, totalOf } from '#app/local/payments.ts'
import { getLocal, monthsIn, owns } from '#app/local/programmes.ts'
import { Closing, FilePaying, Paying, Payments } from '#app/local/route-parts.ts'
import { conflict, invalid, type Problem } from '#app/problems.ts'
import { getRecipient } from '#app/programmes/recipients.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { texts } from '#app/typed.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { asCsv } from '#views/dtsen/csv.ts'
import { paymentTemplate } from '#views/local/csv.ts'
import { LocalPaymentsPage } from '#views/local/payments.tsx'

const idOf = (c: Context<Env, any>) => c.req.param('id')!

// Who was paid for which month: ticked on the list, or by the file the office keeps.
export const localPaymentRoutes = ({ db, dataDirectory }: Deps) => {
  const show = (c: Context<Env, any>, { problem, typed = {}, errors, ticked }: { problem?: Problem, typed?: Record<string, string>, errors?: FileErrors, ticked?: string[] } = {}) => {
    if (problem && problem.code !== 'invalid') throw problem
    const { after, ...asked } = readQuery(c, Payments)
    const reader = { db, actor: c.var.actor }
    const local = getLocal(reader, idOf(c))
    const months = monthsIn(local)
    const today = dayOf(new Date().toISOString(), zoneOf(local.regionCode))
    const wanted = typed.month || asked.month
    const month = wanted && months.includes(wanted) ? wanted : months.filter((one) => one <= today.slice(0, 7)).at(-1) ?? months[0]!
    const region = typed.region || asked.region
    return page(c, `Pembayaran ${local.name}`, <LocalPaymentsPage local={local} months={months.map((one) => ({ value: one, label: monthName(one) }))} month={month} monthName={monthName(month)} region={region} show={asked.show}
      {...listDue(reader, local.id, { month, region, unpaid: asked.show === 'unpaid' }, after)} total={totalOf(reader, local.id, month, region)} places={placeChoices(db, c.var.actor, region)} mayManage={owns(c.var.actor, local)}
      today={today} keys={[crypto.randomUUID(), crypto.randomUUID()]} typed={typed} ticked={ticked} problem={problem} errors={errors} />, { status: problem?.status ?? (errors ? 422 : undefined) })
  }

  return new Hono<Env>()
    .get('/payments/template.csv', (c) => c.body(paymentTemplate(), 200, asCsv('contoh-pembayaran-desa.csv')))
    .post('/payments/:id/cancellation', may('local.manage'), async (c) => {
      const { note } = await readForm(c, Closing)
      const { value, problem } = await attempt(() => transact(db, c.var.actor, (tx) => cancelPayment(tx, idOf(c), note)))
      if (problem) throw problem.code === 'invalid' ? conflict('Tuliskan mengapa catatan ini keliru, lalu kirim lagi.') : problem
      const { programme, id } = getRecipient({ db, actor: c.var.actor }, value.recipientId)
      return changed(c, `/programmes/${programme}/recipients/${id}`, { message: 'Catatan pembayaran dibatalkan.' })
    })
    .get('/:id/payments', (c) => show(c))
    .post('/:id/payments', may('local.manage'), async (c) => {
      getLocal({ db, actor: c.var.actor }, idOf(c))
      const fields = await c.req.parseBody({ all: true })
      const { value, problem } = await attempt(() => {
        const { everybody, recipient, ...paying } = parse(Paying, fields)
        return { ...transact(db, c.var.actor, (tx) => recordPayments(tx, idOf(c), { ...paying, recipients: everybody ? 'all' : recipient })), paying }
      })
      if (problem) return show(c, { problem, typed: texts(fields, 'region'), ticked: [fields.recipient ?? []].flat().map(String) })
      const { paid, left, paying: { month, region } } = value
      return changed(c, `/local/${idOf(c)}/payments?${new URLSearchParams({ month, ...(region && { region }) })}`, { message: `${paid} keluarga dicatat dibayar untuk ${monthName(month)}.${left > 0 ? ` ${left} lagi belum; tandai sekali lagi.` : ''}` })
    })
    .post('/:id/payments/file', may('local.manage'), async (c) => {
      getLocal({ db, actor: c.var.actor }, idOf(c))
      const { fields, files: [file] } = await receiveFiles(c, dataDirectory, { file: 'table' })
      const { value, problem } = await attempt(async () => {
        const paying = parse(FilePaying, fields)
        if (!file) throw invalid({ file: 'Pilih berkas CSV atau XLSX.' })
        const lines = await readPaidLines(dataDirectory, file)
        return { ...transact(db, c.var.actor, (tx) => payByFile(tx, idOf(c), lines, file, paying)), month: paying.month }
      })
      if (problem) return show(c, { problem, typed: texts(fields) })
      if (value.errors.length > 0) return show(c, { typed: texts(fields), errors: value.errors })
      return changed(c, `/local/${idOf(c)}/payments?month=${value.month}`, { message: `${value.paid} pembayaran dicatat dari berkas.${value.known > 0 ? ` ${value.known} sudah tercatat sebelumnya.` : ''}` })
    })
}
