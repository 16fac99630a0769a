import type { PickerLevel } from '#app/regions/picker.ts'
import { Button } from '#views/ui/button.tsx'
import { Fieldset } from '#views/ui/field.tsx'
import { LEVEL_LABELS } from '#views/regions/labels.ts'

export type PickerProps = {
  name?: string
  levels: PickerLevel[]
  within?: string
  legend?: string
  hint?: string
  error?: string
  blank?: string
  // Where the page is drawn again without script. Needed inside a post form: the button sends it as a GET.
  showAction?: string
  // Who gives the children: the pages before any sign-in ask an address of their own.
  childrenAt?: string
}

// Province → regency → district → village. A change loads only what lies below it; without script the button
// "Tampilkan" draws the page again with the next list filled.
export const RegionPicker = ({ name = 'region', levels, within = '', legend = 'Wilayah', hint, error, blank, showAction, childrenAt }: PickerProps) => (
  <Fieldset legend={legend} hint={hint} error={error} id={`f-${name}`}>
    <div class="field-row picker">
      <PickerLevels name={name} levels={levels} within={within} blank={blank} childrenAt={childrenAt} />
    </div>
    <noscript>
      <p><Button tone="secondary" small {...(showAction && { formmethod: 'get', formaction: showAction })}>Tampilkan</Button></p>
    </noscript>
  </Fieldset>
)

type LevelsProps = { name: string, levels: PickerLevel[], within: string, blank?: string, childrenAt?: string }

// Each select is followed by the place of those below it, so one answer replaces them all.
export const PickerLevels = ({ name, levels: [first, ...below], within, blank = 'Pilih…', childrenAt }: LevelsProps) => first ? (
  <>
    <div class="field">
      <label for={`f-${name}-${first.level}`}>{LEVEL_LABELS[first.level]}</label>
      <select name={name} id={`f-${name}-${first.level}`} disabled={first.options.length === 0}
        {...(below.length > 0 && loadsBelow({ name, level: first.level, below, within, blank, childrenAt }))}>
        <option value="">{blank}</option>
        <Options options={first.options} chosen={first.chosen} />
      </select>
    </div>
    {below.length > 0 && (
      <div class="picker-below" id={`f-${name}-below-${first.level}`}>
        <PickerLevels name={name} levels={below} within={within} blank={blank} childrenAt={childrenAt} />
      </div>
    )}
  </>
) : null

type Loading = { name: string, level: number, below: PickerLevel[], within: string, blank: string, childrenAt?: string }

const loadsBelow = ({ name, level, below, within, blank, childrenAt = '/regions/children' }: Loading) => ({
  'hx-get': `${childrenAt}?${new URLSearchParams({ name, above: String(level), deepest: String(below.at(-1)!.level), within, blank })}`,
  'hx-trigger': 'change',
  'hx-target': `#f-${name}-below-${level}`,
  'hx-params': name,
  'hx-swap': 'innerHTML settle:0ms',
  'hx-sync': 'this:replace',
})

export const Options = ({ options, chosen = '' }: { options: PickerLevel['options'], chosen?: string }) => (
  <>{options.map(({ code, name }) => <option value={code} selected={code === chosen}>{name}</option>)}</>
)
