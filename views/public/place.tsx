import type { PickerLevel } from '#app/regions/picker.ts'
import { PickerLevels } from '#views/regions/picker.tsx'
import { Button } from '#views/ui/button.tsx'
import { Fieldset } from '#views/ui/field.tsx'

type PlaceProps = { levels: PickerLevel[], legend: string, hint?: string, error?: string }

// A change loads only what lies below it. Without script the button sends the form as it is, and the page comes back
// with the next list filled: what was typed stays in the form, never in an address.
export const PlaceFields = ({ levels, legend, hint, error }: PlaceProps) => (
  <Fieldset legend={legend} hint={hint} error={error} id="f-region">
    <div class="field-row picker">
      <PickerLevels name="region" levels={levels} within="" childrenAt="/cek/children" />
    </div>
    <noscript>
      <p><Button tone="secondary" small name="step" value="region">Tampilkan pilihan berikutnya</Button></p>
    </noscript>
  </Fieldset>
)
