import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { receiveFiles } from '#app/files/upload.ts'
import { attempt, changed, page, parse, readQuery, type Deps, type Env } from '#app/http.tsx'
import { proposeChange, type Wanted } from '#app/programmes/changes.ts'
import { draftingOf, papersKept, type Starting } from '#app/programmes/drafting.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { PROGRAMME, ProgrammeParam } from '#app/programmes/route-parts.ts'
import type { Problem } from '#app/problems.ts'
import { texts } from '#app/typed.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { ChooseChange } from '#views/programmes/choose.tsx'
import { ChangeForm } from '#views/programmes/form.tsx'

const text = (longest: number) => z.string().trim().max(longest, `Paling banyak ${longest} huruf.`).optional().transform((given) => given || undefined)
const seq = z.coerce.number().int().min(0).max(999).optional().catch(undefined)
const blank = (schema: z.ZodType<number | undefined>) => z.preprocess((value) => value === '' ? undefined : value, schema)
const Start = z.object({ kind: text(60), recipient: text(80), replaced: text(80), household: text(80), family: blank(seq), member: blank(seq), q: text(100), other: text(100) })
const Form = Start.extend({
  id: z.uuid(), key: z.uuid(), kind: z.string('Pilih jenis perubahan.').min(1, 'Pilih jenis perubahan.').max(60), variant: text(60), reasonCode: text(60), note: text(1000),
  minutesNumber: text(100), minutesDate: z.union([z.literal(''), z.iso.date('Isi tanggal berita acara.')]).optional().transform((day) => day || undefined), periodId: text(80),
})

const now = () => new Date().toISOString()

// Proposing: one question after another, then the form of the kind, then the change itself.
export const newChangeRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .get(`/${PROGRAMME}/changes/new`, may('programme.propose'), (c) => {
    const code = ProgrammeParam.parse(c.req.param('programme'))
    const drafting = draftingOf({ db, actor: c.var.actor }, code, readQuery(c, Start), now())
    return page(c, drafting.kind?.label ?? `Usulkan penerima ${drafting.programme.name}`, drafting.step === 'form'
      ? <ChangeForm drafting={drafting} typed={{ id: crypto.randomUUID(), key: crypto.randomUUID() }} /> : <ChooseChange drafting={drafting} />)
  })

  .post(`/${PROGRAMME}/changes`, may('programme.propose'), async (c) => {
    const code = ProgrammeParam.parse(c.req.param('programme'))
    const { fields, files } = await receiveFiles(c, dataDirectory, papersOfAll(code))
    const typed = texts(fields)
    const { value, problem } = await attempt(() => transact(db, c.var.actor, (tx) => proposeChange(tx, { ...wantedOf(parse(Form, typed), typed), programme: code, files })))
    if (problem) return formAgain(c, { db, dataDirectory, trustProxy: false }, code, typed, problem)
    return changed(c, `/programmes/changes/${value.id}`, { message: 'Usulan diajukan.' })
  })

function papersOfAll(code: Wanted['programme']): Record<string, 'document'> {
  const names = Object.values(programmeOf(code).changes).flatMap(({ papers = [] }) => papers.map(({ name }) => name))
  return Object.fromEntries(['minutes', ...names].map((name) => [name, 'document'] as const))
}

const wantedOf = ({ recipient, replaced, household, family, member, q: _q, other: _other, ...rest }: z.output<typeof Form>, data: Record<string, string>): Omit<Wanted, 'programme'> => ({
  ...rest, recipientId: recipient, replacedId: replaced, data,
  ...(household && { subject: { householdId: household, familySeq: family ?? null, memberSeq: member ?? null } }),
})

// What was typed is worth showing again only where it can be mended; everything else is said on a page of its own.
function formAgain(c: Context<Env>, { db }: Deps, code: Wanted['programme'], typed: Record<string, string>, problem: Problem) {
  if (problem.code !== 'invalid') throw problem
  const reading = { db, actor: c.var.actor }
  const drafting = draftingOf(reading, code, parse(Start, typed) satisfies Starting, now())
  if (drafting.step !== 'form') throw problem
  return page(c, drafting.kind!.label, <ChangeForm drafting={drafting} typed={{ ...typed, key: crypto.randomUUID() }} problem={problem} papers={papersKept(reading, typed.id ?? '')} />, { status: problem.status })
}
