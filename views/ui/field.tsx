import { classes, type Child, type Extra } from '#views/ui/types.ts'

export type Option = { value: string | number, label: string, hint?: string, disabled?: boolean }
type Entry = string | number | boolean | null | undefined
export type FieldProps = Extra & {
  name: string
  label: string
  id?: string
  value?: Entry
  hint?: string
  error?: string
  required?: boolean
  disabled?: boolean
  autocomplete?: string
}

export const fieldId = (name: string) => `f-${name.replace(/[^\w-]/g, '-')}`

// Ties hint and error to the control, so a screen reader says both after the label.
const describe = ({ name, id = fieldId(name), hint, error, required, disabled }: FieldProps) => ({
  'aria-describedby': [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
  'aria-invalid': error ? 'true' : undefined,
  required,
  disabled,
})

// What reaches the element itself: everything but the words around it.
const control = (props: FieldProps, ...own: string[]): Record<string, unknown> => {
  const around = ['label', 'hint', 'error', 'value', ...own]
  const passed = Object.fromEntries(Object.entries(props).filter(([key]) => !around.includes(key)))
  return { ...passed, id: fieldId(props.name), ...(props.id && { id: props.id }), ...describe(props) }
}

const Notes = ({ id, hint, error }: { id: string, hint?: string, error?: string }) => (
  <>
    {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
    {error && <p class="error" id={`${id}-error`}><span class="unseen">Kesalahan: </span>{error}</p>}
  </>
)

export const Field = ({ field, children }: { field: FieldProps, children?: Child }) => {
  const id = field.id ?? fieldId(field.name)
  return (
    <div class={classes('field', field.error && 'wrong')}>
      <label for={id}>{field.label}{!field.required && <span class="optional"> (boleh kosong)</span>}</label>{' '}
      <Notes id={id} hint={field.hint} error={field.error} />
      {children}
    </div>
  )
}

type TextProps = FieldProps & {
  type?: 'text' | 'password' | 'email' | 'tel' | 'search' | 'time'
  inputmode?: string
  maxlength?: number
  pattern?: string
  placeholder?: string
  readonly?: boolean
  width?: 'short' | 'medium' | 'full'
}

export const TextField = ({ type = 'text', width = 'full', ...props }: TextProps) => (
  <Field field={props}>
    <input type={type} class={width} value={text(props.value)} {...control(props)} />
  </Field>
)

export const NikField = (props: TextProps) => (
  <TextField inputmode="numeric" maxlength={16} pattern="[0-9]{16}" autocomplete="off" width="medium" {...props} />
)

type NumberProps = FieldProps & { min?: number, max?: number, step?: number | 'any', unit?: string }

export const NumberField = ({ unit, ...props }: NumberProps) => (
  <Field field={props}>
    <span class="with-unit">
      <input type="number" class="short" inputmode={isWhole(props.step) ? 'numeric' : 'decimal'}
        value={text(props.value)} {...control(props)} />
      {unit && <span class="unit">{unit}</span>}
    </span>
  </Field>
)

// A number field takes no comma in a browser of another language, and sends nothing of what was typed.
export const DecimalField = (props: FieldProps) => <TextField {...props} inputmode="decimal" autocomplete="off" width="short" />

export const DateField = (props: FieldProps & { min?: string, max?: string }) => (
  <Field field={props}>
    <input type="date" class="medium" value={text(props.value)} {...control(props)} />
  </Field>
)

export const TextArea = ({ rows = 3, ...props }: FieldProps & { rows?: number, maxlength?: number }) => (
  <Field field={props}>
    <textarea rows={rows} {...control(props)}>{text(props.value)}</textarea>
  </Field>
)

type SelectProps = FieldProps & { options: Option[], blank?: string }

export const SelectField = ({ blank = 'Pilih…', ...props }: SelectProps) => (
  <Field field={props}>
    <select {...control(props, 'options')}>
      {blank && <option value="">{blank}</option>}
      {props.options.map(({ value, label, disabled }) => (
        <option value={String(value)} selected={same(value, props.value)} disabled={disabled}>{label}</option>
      ))}
    </select>
  </Field>
)

export const FileField = (props: FieldProps & { accept?: string, multiple?: boolean }) => (
  <Field field={props}>
    <input type="file" {...control(props)} />
  </Field>
)

export const HiddenField = ({ name, value }: { name: string, value: string | number }) => (
  <input type="hidden" name={name} value={String(value)} />
)

type FieldsetProps = { legend: Child, id?: string, hint?: string, error?: string, children?: Child }

export const Fieldset = ({ legend, id, hint, error, children }: FieldsetProps) => (
  <fieldset id={id} tabindex={id ? -1 : undefined} class={classes('field', error && 'wrong')}
    aria-describedby={id && (hint || error) ? [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') : undefined}>
    <legend>{legend}</legend>
    <Notes id={id ?? 'f'} hint={hint} error={error} />
    {children}
  </fieldset>
)

type ChoiceProps = FieldProps & { options: Option[], inline?: boolean }

const Choices = ({ type, field, chosen }: { type: 'radio' | 'checkbox', field: ChoiceProps, chosen: (option: Option) => boolean }) => {
  const id = field.id ?? fieldId(field.name)
  const { options, inline, required, disabled } = field
  const passed = control(field, 'options', 'inline', 'id', 'autocomplete', 'required', 'aria-describedby')
  const legend = <>{field.label}{!field.required && <span class="optional"> (boleh kosong)</span>}</>
  return (
    <Fieldset legend={legend} id={id} hint={field.hint} error={field.error}>
      <div class={classes('choices', inline && 'inline')}>
        {options.map((option) => (
          <div>
            <label class="choice">
              <input {...passed} id={undefined} aria-describedby={undefined} type={type} value={String(option.value)}
                checked={chosen(option)} disabled={disabled || option.disabled} required={type === 'radio' && required} />
              <span>{option.label}{option.hint && <> <small>{option.hint}</small></>}</span>
            </label>
          </div>
        ))}
      </div>
    </Fieldset>
  )
}

export const RadioGroup = (props: ChoiceProps) => (
  <Choices type="radio" field={props} chosen={({ value }) => same(value, props.value)} />
)

export const CheckboxGroup = ({ values, ...props }: ChoiceProps & { values: (string | number)[] }) => (
  <Choices type="checkbox" field={props} chosen={({ value }) => values.some((one) => same(one, value))} />
)

type CheckboxProps = Extra & { name: string, label: Child, checked?: boolean, value?: string, hint?: string, error?: string, required?: boolean }

// One box alone in a row of a table, as large as a finger; the words are for whoever does not see the row.
export const Tick = ({ name, value, label, checked }: { name: string, value: string, label: string, checked?: boolean }) => (
  <label class="pick"><input type="checkbox" name={name} value={value} checked={checked} /><span class="unseen">{label}</span></label>
)

export const Checkbox = ({ name, label, checked, value = '1', hint, error, required, ...rest }: CheckboxProps) => (
  <div class={classes('field', error && 'wrong')}>
    <label class="choice">
      <input {...rest} type="checkbox" {...describe({ name, label: '', hint, error, required })} id={fieldId(name)} name={name} value={value} checked={checked} />
      <span>{label}</span>
    </label>
    <Notes id={fieldId(name)} hint={hint} error={error} />
  </div>
)

export const FieldRow = ({ children }: { children?: Child }) => <div class="field-row">{children}</div>

const text = (value: Entry) => (value === null || value === undefined ? '' : String(value))
const same = (one: Entry, other: Entry) => other !== null && other !== undefined && String(one) === String(other)
const isWhole = (step: number | 'any' = 1) => step !== 'any' && Number.isInteger(step)
