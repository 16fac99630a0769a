import { CURRENT, sectionOf } from '#app/questionnaire/questionnaire.ts'
import { displayAnswer } from '#app/questionnaire/display.ts'
import { isPresent, pathOf, rowsOf, type Answers } from '#app/questionnaire/record.ts'
import type { Question, SectionCode } from '#app/questionnaire/types.ts'
import type { FormProps } from '#views/changes/people.tsx'
import { QuestionField } from '#views/field/question.tsx'
import { Checkbox, Fieldset, HiddenField } from '#views/ui/field.tsx'
import { Card } from '#views/ui/page.tsx'

// The record as a form: only what is changed is proposed. Long, so each person and each block opens by itself.
export const CorrectionFields = (props: FormProps) => (
  <Card title="Data yang diperbaiki">
    <p class="hint">Buka bagian yang salah dan ubah isiannya. Isian yang tidak diubah tidak ikut diusulkan.</p>
    {PAGES.map(({ code, title }) => rowsOf(props.household.record, sectionOf(CURRENT, code).roster).map((row, index) => (
      <Part {...props} code={code} title={titleOf(title, code, row, index)} row={row} index={index} />
    )))}
  </Card>
)

const PAGES: { code: SectionCode, title: string }[] = [
  { code: 'place', title: 'Alamat' }, { code: 'families', title: 'Kartu Keluarga' }, { code: 'members', title: 'Anggota' }, { code: 'housing', title: 'Perumahan' },
  { code: 'assets', title: 'Aset dan program' }, { code: 'children', title: 'Anak tanggungan di luar rumah' }, { code: 'businesses', title: 'Usaha' },
]
// Worked out from the members, or the thread a row hangs on.
const UNASKED = new Set(['memberSeq', 'memberCount', 'familyCount', 'headName', 'familySeq'])

const titleOf = (title: string, code: SectionCode, row: Answers, index: number) => {
  if (code === 'families') return `${title} keluarga ${String(row.familySeq ?? index + 1)}`
  if (code === 'members') return `${title} ${String(row.memberSeq ?? index + 1)}: ${String(row.name ?? '')}${isPresent(row) ? '' : ' (tidak tinggal di sini lagi)'}`
  return code === 'children' || code === 'businesses' ? `${title} ${index + 1}` : title
}

type PartProps = FormProps & { code: SectionCode, title: string, row: Answers, index: number }

const Part = ({ typed, errors, code, title, row, index }: PartProps) => {
  const { roster, questions } = sectionOf(CURRENT, code)
  const shown = questions.filter((question) => !question.automatic && question.type !== 'photo' && !(UNASKED.has(question.key) && roster !== 'members') && question.key !== 'memberSeq')
    .map((question) => ({ question, path: pathOf(roster, index, question.key) }))
  const touched = shown.some(({ question, path }) => errors[path] || (question.type !== 'multi' && path in typed && typed[path] !== String(row[question.key] ?? '')))
  return (
    <details class="all-answers" open={touched}>
      <summary>{title}</summary>
      {shown.map(({ question, path }) => question.type === 'multi'
        ? <Several question={question} path={path} row={row} typed={typed} error={errors[path]} />
        : <QuestionField question={{ ...question, required: false }} path={path} value={typed[path] ?? row[question.key]} error={errors[path]} />)}
    </details>
  )
}

const Several = ({ question, path, row, typed, error }: { question: Question, path: string, row: Answers, typed: Record<string, string>, error?: string }) => {
  const chosen = (code: number) => path in typed ? typed[`${path}~${code}`] === '1' : [row[question.key] ?? []].flat().includes(code as never)
  return (
    <Fieldset legend={question.label} error={error} hint={`Tercatat: ${displayAnswer(question, row[question.key])}`}>
      <HiddenField name={path} value="" />
      {(question.options ?? []).map(({ code, label }) => <Checkbox name={`${path}~${code}`} label={label} checked={chosen(code)} />)}
    </Fieldset>
  )
}
