import type { FieldVisit } from '#app/field/store.ts'
import { displayAnswer } from '#app/questionnaire/display.ts'
import type { FormFields } from '#app/questionnaire/form.ts'
import type { Mistake } from '#app/questionnaire/mistakes.ts'
import { isAsked, questionnaireOf, sectionOf } from '#app/questionnaire/questionnaire.ts'
import { pathOf, rowsOf, type Answers, type Value } from '#app/questionnaire/record.ts'
import type { Condition, Question, Section, SectionCode } from '#app/questionnaire/types.ts'
import { firstUnsaved } from '#app/questionnaire/unsaved.ts'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, LinkButton, PostButton } from '#views/ui/button.tsx'
import { TimerField } from '#views/ui/capture.tsx'
import { Fieldset, HiddenField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { EmptyState } from '#views/ui/page.tsx'
import { ProblemPanel } from '#views/problem.tsx'
import { QuestionField, textOf, type Shown, type WhenShown } from '#views/field/question.tsx'
import { AddRow, RemoveRow, rowTitle } from '#views/field/rows.tsx'
import { VisitHead, visitBase } from '#views/field/steps.tsx'

type Props = {
  visit: FieldVisit, section: SectionCode, index?: number, mistakes: Mistake[], today: string
  // left: typed before, and never saved.
  typed?: FormFields, left?: FormFields, problem?: { message: string, fields: Record<string, string>, status?: number }
}

export const SectionPage = (given: Props) => {
  const isLeft = given.left !== undefined && firstUnsaved(given.left, given.visit.record) !== undefined
  const props = isLeft ? { ...given, typed: given.left } : given
  const { visit, index, problem, today } = props
  const section = sectionOf(questionnaireOf(visit.questionnaireVersion)!, props.section)
  const rows = rowsOf(visit.record, section.roster)
  const shown = index === undefined ? rows.map((_, i) => i) : [index]
  const base = `${visitBase(visit)}/${section.code}`
  const action = index === undefined ? base : `${base}/${index}`
  const many = section.roster !== 'household' && index === undefined
  return (
    <>
      <VisitHead visit={visit} current={section.code} title={index === undefined ? section.title : rowTitle(section, rows[index]!, index)} today={today} />
      {problem && <ProblemPanel problem={problem} />}
      {isLeft && <LeftNotice action={action} />}
      {shown.length === 0
        ? <EmptyState title="Belum ada isian" ><p>{EMPTY[section.code] ?? 'Tambahkan bila ada.'}</p></EmptyState>
        : null}
      {shown.length > 0 && shown.every((at) => questionsOf({ ...props, section, row: rows[at]!, at }).length === 0) && <NothingAsked visit={visit} />}
      <Form action={action} data-keep-typed="yes">
        <HiddenField name="revision" value={String(visit.revision)} />
        <TimerField />
        {shown.map((i) => many
          ? <Fieldset legend={rowTitle(section, rows[i]!, i)}><Questions {...props} section={section} row={rows[i]!} at={i} /></Fieldset>
          : <Questions {...props} section={section} row={rows[i]!} at={i} />)}
        <ActionBar>
          <Button>Simpan dan lanjut</Button>
          <Button tone="secondary" name="next" value="stay">Simpan saja</Button>
        </ActionBar>
      </Form>
      {index !== undefined && <p><LinkButton href={base} tone="quiet">Daftar anggota</LinkButton></p>}
      {many && <AddRow visit={visit} section={section} />}
      {many && shown.map((i) => <RemoveRow visit={visit} section={section} row={rows[i]!} index={i} />)}
      {index !== undefined && rows[index]!.memberPresence === 4 && <RemoveRow visit={visit} section={section} row={rows[index]!} index={index} />}
    </>
  )
}

const LeftNotice = ({ action }: { action: string }) => (
  <Notice tone="warn" title="Isian yang belum disimpan masih ada">
    <p>Halaman ini tertutup sebelum disimpan. Isian Anda sudah dikembalikan; periksa, lalu simpan.</p>
    <Confirm label="Buang isian yang belum disimpan" tone="quiet" small>
      <p>Yang tersimpan sebelumnya tetap ada. Isian yang belum disimpan di halaman ini hilang.</p>
      <PostButton action={`${action}/typed/removal`} tone="danger">Ya, buang</PostButton>
    </Confirm>
  </Notice>
)

const EMPTY: Partial<Record<SectionCode, string>> = {
  children: 'Bila ada anak yang masih ditanggung tetapi bersekolah dan tinggal di luar rumah ini, tambahkan. Bila tidak, lanjutkan.',
  businesses: 'Bila ada anggota yang memiliki usaha, tambahkan. Bila tidak, lanjutkan.',
  families: 'Tambahkan satu baris untuk tiap Kartu Keluarga di rumah ini.',
}

// All questions of this page hang on the outcome, which stands on the first one.
const NothingAsked = ({ visit }: { visit: FieldVisit }) => visit.record.household.hasilVerivali === undefined
  ? <EmptyState title="Pilih dahulu hasil kunjungan" action={<LinkButton href={`${visitBase(visit)}/respondent`} tone="primary">Buka hasil kunjungan</LinkButton>}><p>Pertanyaan di bagian ini baru muncul sesudah hasilnya dipilih.</p></EmptyState>
  : <EmptyState title="Tidak ada pertanyaan di bagian ini"><p>Menurut hasil kunjungan yang dipilih, bagian ini dilewati. Tekan "Simpan dan lanjut".</p></EmptyState>

type RowProps = Omit<Props, 'section'> & { section: Section, row: Answers, at: number }

const Questions = (props: RowProps) => <>{questionsOf(props).map((shown) => <QuestionField {...shown} />)}</>

// A question whose condition lies on another page and does not hold is left out; one whose condition lies on this page
// is there, to be shown or hidden as the answers are given.
function questionsOf({ section, row, at, visit, today, mistakes, typed, left, problem }: RowProps): Shown[] {
  const keys = new Set(section.questions.map(({ key }) => key))
  return section.questions.filter(({ automatic, type }) => !automatic && type !== 'photo').flatMap((question): Shown[] => {
    const path = pathOf(section.roster, at, question.key)
    const [inside, outside] = [true, false].map((local) => (question.askedWhen ?? []).filter(({ key }) => (keys.has(key) || key === 'age') === local)) as [Condition[], Condition[]]
    if (!isAsked({ ...question, askedWhen: outside }, row, visit.record, today)) return []
    return [{
      question, path, value: typed && path in typed ? typed[path] : row[question.key],
      error: problem?.fields[path] ?? savedMeanwhile(question, row[question.key], problem?.status === 409 || left ? typed?.[path] : undefined)
        ?? mistakes.find((mistake) => mistake.path === path)?.message,
      remark: visit.remarks.find((remark) => remark.path === path)?.message,
      when: inside.length ? whenShown(section, at, inside, isAsked(question, row, visit.record, today)) : undefined,
    }]
  })
}

// From a page older than the draft: what stands there now, beside what was typed. Saving once more decides for the typed.
const savedMeanwhile = (question: Question, saved: Value | undefined, typed: string | string[] | undefined) =>
  typed === undefined || String([typed].flat().filter((one) => one !== '')) === String(saved ?? '') || typed === textOf(saved) ? undefined : `Yang tersimpan sekarang: ${displayAnswer(question, saved) || 'kosong'}.`

const whenShown = (section: Section, at: number, conditions: Condition[], asked: boolean): WhenShown => ({
  asked, tests: conditions.map((condition) => ({ ...condition, path: pathOf(section.roster, at, condition.key) })),
  words: conditions.map((condition) => inWords(section.questions.find(({ key }) => key === condition.key), condition)).join(' dan '),
})

function inWords(question: Question | undefined, condition: Condition) {
  const label = (question?.label ?? 'umur').toLowerCase()
  if (!('in' in condition)) return condition.to ? `${label} ${condition.from}–${condition.to}` : `${label} ${condition.from} ke atas`
  return `${label}: ${condition.in.map((code) => displayAnswer(question ?? { key: '', type: 'single' }, code)).join(' / ')}`
}
