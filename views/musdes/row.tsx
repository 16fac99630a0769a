import type { Entry } from '#app/musdes/results.ts'
import type { MeetingRow } from '#app/musdes/rows.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { questionOf, RESULT_TONES, RESULTS, remarksOf } from '#views/musdes/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { fieldId, HiddenField } from '#views/ui/field.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { classes, type Child } from '#views/ui/types.ts'

type Choice = { value: string, label: string }
const choicesOf = (key: string): Choice[] => (questionOf(key).options ?? []).map(({ code, label }) => ({ value: String(code), label: `${code} ${label}` }))
const YES_NO: Choice[] = [{ value: 'true', label: '1 Ya' }, { value: 'false', label: '2 Tidak' }]
const RESULT_CHOICES = choicesOf('musdesHouseholdStatus')
const FOUND = [1, 4]

type FormProps = { row: MeetingRow, typed?: Entry, errors: Record<string, string> }

// One row of the prelist in one line: the result, then only what that result asks for.
export const RowForm = ({ row, typed, errors }: FormProps) => {
  const { household, result } = row
  const known: Record<string, unknown> = typed
    ? { ...typed.fields, duplicateOf: typed.duplicateOf, note: typed.note }
    : { musdesHouseholdStatus: result?.status, notFoundReason: result?.notFoundReason, duplicateOf: result?.duplicateOf, note: result?.note, ...result?.answers }
  const name = (key: string) => `rows.${household.id}.${key}`
  const field = (key: string) => ({ name: name(key), value: String(known[key] ?? ''), error: errors[name(key)] })
  const when = (key: string, values: (number | string)[]) => JSON.stringify([{ path: name(key), in: values }])
  const found = when('musdesHouseholdStatus', FOUND)
  return (
    <div class="meeting-row" role="group" aria-labelledby={fieldId(name('head'))}>
      <Identity row={row} id={fieldId(name('head'))} />
      <HiddenField name={name('seen')} value={result?.recordedAt ?? ''} />
      <div class="meeting-fields">
        <Pick {...field('musdesHouseholdStatus')} label="Hasil" choices={RESULT_CHOICES.filter(({ value }) => household.origin === 'new' ? value !== '1' : value !== '4')} />
        <Pick {...field('notFoundReason')} label="Alasan" choices={choicesOf('notFoundReason')} when={when('musdesHouseholdStatus', [2])} />
        <Line {...field('duplicateOf')} label="ID prelist sama" when={when('musdesHouseholdStatus', [3])} />
        <Pick {...field('isWellOff')} label="Mampu?" choices={YES_NO} when={found} />
        <Pick {...field('anyMemberDisabled')} label="Ada disabilitas?" choices={YES_NO} when={found} />
        <Pick {...field('anyMemberWorking')} label="Ada yang bekerja?" choices={YES_NO} when={found} />
        <Pick {...field('headEmploymentStatus')} label="Kedudukan kerja" choices={choicesOf('headEmploymentStatus')}
          when={JSON.stringify([...JSON.parse(found), ...JSON.parse(when('anyMemberWorking', ['true']))])} />
        <Line {...field('note')} label="Catatan" wide />
      </div>
    </div>
  )
}

const Identity = ({ row: { household, result }, id }: { row: MeetingRow, id?: string }) => (
  <div>
    <p class="meeting-head" id={id}>{household.headName}{result && <> <Badge tone={RESULT_TONES[result.status]}>{RESULTS[result.status]}</Badge></>}</p>
    <p class="hint">
      {[household.orderNo && `No. ${household.orderNo}`, household.prelistId ?? 'Usulan baru', [household.address, household.slsName].filter(Boolean).join(', '),
        `${formatNumber(household.memberCount)} ART`].filter(Boolean).join(' · ')}
    </p>
  </div>
)

type ControlProps = { name: string, label: string, value: string, error?: string, when?: string, wide?: boolean }

const Box = ({ name, label, error, when, wide, children }: ControlProps & { children: Child }) => (
  <div class={classes('field', error && 'wrong', wide && 'wide')} data-asked-when={when}>
    <label for={fieldId(name)}>{label}</label>
    {children}
    {error && <p class="error" id={`${fieldId(name)}-error`}><span class="unseen">Kesalahan: </span>{error}</p>}
  </div>
)

const said = ({ name, error }: ControlProps) => ({ 'aria-invalid': error ? 'true' as const : undefined, 'aria-describedby': error && `${fieldId(name)}-error` })

const Pick = ({ choices, ...control }: ControlProps & { choices: Choice[] }) => (
  <Box {...control}>
    <select id={fieldId(control.name)} name={control.name} {...said(control)}>
      <option value="">–</option>
      {choices.map(({ value, label }) => <option value={value} selected={value === control.value}>{label}</option>)}
    </select>
  </Box>
)

const Line = (control: ControlProps) => (
  <Box {...control}><input type="text" id={fieldId(control.name)} name={control.name} value={control.value} maxlength={300} autocomplete="off" {...said(control)} /></Box>
)

// A row the reader may not change, or that has gone on.
export const RowFacts = ({ row }: { row: MeetingRow }) => (
  <div class="meeting-row">
    <Identity row={row} />
    <div>
      {row.result && remarksOf(row.result) && <p>{remarksOf(row.result)}</p>}
      {row.result && <p class="hint">Diisi {row.recorderName ?? '–'}, {formatDateTime(row.result.recordedAt)}</p>}
      <p class="hint">Tahap sekarang: {STAGE_WORDS[row.household.stage]}</p>
    </div>
  </div>
)
