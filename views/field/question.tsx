import { asTyped } from '#app/questionnaire/display.ts'
import type { Value } from '#app/questionnaire/record.ts'
import type { Condition, Question } from '#app/questionnaire/types.ts'
import { CheckboxGroup, DateField, DecimalField, HiddenField, NikField, NumberField, RadioGroup, SelectField, TextField } from '#views/ui/field.tsx'

export type Shown = { question: Question, path: string, value: Value | string | string[] | undefined, error?: string, remark?: string, when?: WhenShown }
// Conditions on answers of the same page: the browser shows and hides by them, the server says them in words.
export type WhenShown = { tests: (Condition & { path: string })[], asked: boolean, words: string }

const YES_NO = [{ value: 'true', label: 'Ya' }, { value: 'false', label: 'Tidak' }]
const FEW = 6

// One question as the right kind of field, with what the checker said of it and what is wrong with it.
export const QuestionField = ({ question, path, value, error, remark, when }: Shown) => {
  const said = [remark && `Catatan pemeriksa: ${remark}`, error].filter(Boolean).join(' · ') || undefined
  const hint = [question.hint, when && !when.asked && `Isi bila ${when.words}.`].filter(Boolean).join(' ') || undefined
  const field = { name: path, label: `${question.number}. ${question.label}`, hint, error: said, required: question.required === true && !question.instead && (when?.asked ?? true) }
  const control = <Control question={question} field={field} value={value} />
  return when ? <div data-asked-when={JSON.stringify(when.tests)} class={when.asked ? undefined : 'unasked'}>{control}</div> : control
}

export const textOf = (value: Shown['value']) => value === null || value === undefined || Array.isArray(value) ? '' : asTyped(value)

type Field = { name: string, label: string, hint?: string, error?: string, required: boolean }

const Control = ({ question, field, value }: { question: Question, field: Field, value: Shown['value'] }) => {
  const options = (question.options ?? []).map(({ code, label }) => ({ value: code, label: `${code} – ${label}` }))
  const text = textOf(value)
  switch (question.type) {
    case 'yesno': return <RadioGroup {...field} options={YES_NO} value={text} inline />
    // Nothing ticked says nothing by itself, as if the question had not been on the page.
    case 'multi': return <><HiddenField name={field.name} value="" /><CheckboxGroup {...field} options={options} values={[value ?? []].flat().map(String)} /></>
    // What may have to be emptied again is no radio: none of those can be taken back.
    case 'single': return options.length <= FEW && !question.insteadOf
      ? <RadioGroup {...field} options={options} value={text} />
      : <SelectField {...field} options={options} value={text} />
    case 'integer': return <NumberField {...field} value={text} min={question.min} max={question.max} />
    case 'decimal': return <DecimalField {...field} value={text} />
    case 'date': return <DateField {...field} value={text} />
    case 'nik': return <NikField {...field} value={text} />
    default: return <TextField {...field} value={text} inputmode={question.pattern ? 'numeric' : undefined} maxlength={200} />
  }
}
