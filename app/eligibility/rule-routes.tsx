import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { listRules, RULE_LISTS } from '#app/eligibility/rule-list.ts'
import { RULED, type Ruled } from '#app/eligibility/rules.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import type { Problem } from '#app/problems.ts'
import { addWord, endWord, RULE_KEYS, setSetting } from '#app/programmes/configuring.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { EMPLOYMENT } from '#app/questionnaire/2026/options.ts'
import { dayOf, isDate } from '#app/questionnaire/age.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { RulesPage } from '#views/eligibility/rules.tsx'

const programme = z.enum(RULED, 'Pilih program.')
const validFrom = z.string().refine(isDate, 'Isi hari mulai berlaku.')
const source = z.string().trim().min(3, 'Sebutkan sumbernya.').max(300, 'Paling panjang 300 huruf.')
const Query = z.object({ programme: programme.catch('pkh') })
const Setting = z.object({
  programme, validFrom, source, key: z.enum(RULE_KEYS, 'Pilih aturan.'), value: z.string().regex(/^\d{1,9}$/, 'Isi dengan angka bulat.').transform(Number), regionCode: z.string().trim().max(13, 'Kode wilayah paling panjang 13.').default(''),
})
const Barrier = z.object({ programme, validFrom, source, barrier: z.string().regex(/^(excluded_employment:\d|contradicts:(pkh|sembako|pbi))$/, 'Pilih pekerjaan atau program.') })
const Ending = z.object({ programme, list: z.enum(RULE_LISTS), code: z.string().max(40), validFrom })

const labelOf = (list: string, code: string) => list === 'contradicts' ? programmeOf(code as Ruled).name : EMPLOYMENT.find((option) => String(option.code) === code)?.label ?? code

// The rules as data: who may receive. Their numbers and words are those of the programme's own settings.
export const ruleRoutes = ({ db }: Pick<Deps, 'db'>) => new Hono<Env>()
  .get('/', may('programme.read', 'programme.configure'), (c) => rulesPage(c, db, readQuery(c, Query).programme))

  .post('/', may('programme.configure'), async (c) => {
    const typed = await readForm(c, z.record(z.string(), z.string().max(300)))
    return kept(c, db, typed, () => transact(db, c.var.actor, (tx) => setSetting(tx, parse(Setting, typed))), 'Aturan ditetapkan. Perhitungan berikutnya memakainya mulai harinya.')
  })

  .post('/words', may('programme.configure'), async (c) => {
    const typed = await readForm(c, z.record(z.string(), z.string().max(300)))
    return kept(c, db, typed, () => {
      const { barrier, ...wanted } = parse(Barrier, typed)
      const [list = '', code = ''] = barrier.split(':')
      transact(db, c.var.actor, (tx) => addWord(tx, { ...wanted, list, code, label: labelOf(list, code) }))
    }, 'Penghalang ditambahkan.')
  })

  .post('/words/ending', may('programme.configure'), async (c) => {
    const word = await readForm(c, Ending)
    transact(db, c.var.actor, (tx) => endWord(tx, word))
    return changed(c, `/eligibility/rules?programme=${word.programme}`, { message: 'Penghalang diakhiri.' })
  })

async function kept(c: Context<Env>, db: Db, typed: Record<string, string>, work: () => void, message: string) {
  const { problem } = await attempt(work)
  const chosen = programme.catch('pkh').parse(typed.programme)
  if (problem?.code === 'invalid') return rulesPage(c, db, chosen, typed, problem)
  if (problem) throw problem
  return changed(c, `/eligibility/rules?programme=${chosen}`, { message })
}

const rulesPage = (c: Context<Env>, db: Db, chosen: Ruled, typed?: Record<string, string>, problem?: Problem) =>
  page(c, 'Aturan kelayakan', <RulesPage {...listRules(db, c.var.actor, chosen)} programme={chosen} today={dayOf(new Date().toISOString())} mayConfigure={can(c.var.actor, 'programme.configure')} typed={typed} problem={problem} />,
    problem && { status: problem.status })
