import { Field, fieldId, type FieldProps } from '#views/ui/field.tsx'
import { classes } from '#views/ui/types.ts'
import { formatAccuracy, formatCoordinate } from '#views/ui/format.ts'

type PhotoFieldProps = FieldProps & { takenName?: string, existing?: { src: string, note?: string }, accept?: string }

export const PhotoField = ({ takenName, existing, accept = 'image/jpeg,image/png', ...props }: PhotoFieldProps) => {
  const id = props.id ?? fieldId(props.name)
  const notes = [props.hint && `${id}-hint`, props.error && `${id}-error`, `${id}-state`].filter(Boolean).join(' ')
  return (
    <div class="photo-field" data-photo>
      {existing
        ? <img src={existing.src} alt={`${props.label} yang sudah tersimpan`} loading="lazy" width="160" height="120" data-photo-preview />
        : <img alt="" width="160" height="120" hidden data-photo-preview />}
      <Field field={{ ...props, id }}>
        <input type="file" id={id} name={props.name} accept={accept} capture="environment" required={props.required && !existing}
          disabled={props.disabled} aria-describedby={notes} aria-invalid={props.error ? 'true' : undefined} />
        <p class="hint" id={`${id}-state`} aria-live="polite" data-photo-state>{existing?.note ?? (existing ? 'Foto sudah tersimpan.' : '')}</p>
        {takenName && <input type="hidden" name={takenName} data-photo-taken />}
      </Field>
    </div>
  )
}

export type Fix = { latitude: number, longitude: number, accuracy: number, at?: string }
type LocationProps = {
  latName?: string
  lonName?: string
  accuracyName?: string
  timeName?: string
  value?: Fix | null
  error?: string
  required?: boolean
}

// Without script or permission the officer types the coordinate from another app, so the boxes stay visible then.
export const LocationField = ({ latName = 'latitude', lonName = 'longitude', accuracyName = 'accuracy', timeName = 'locatedAt', value, error, required }: LocationProps) => (
  <fieldset class={classes('field', 'location', error && 'wrong')} data-location id={fieldId('location')} tabindex={-1} aria-describedby="location-state">
    <legend>Lokasi rumah{!required && <span class="optional"> (boleh kosong)</span>}</legend>
    {error && <p class="error"><span class="unseen">Kesalahan: </span>{error}</p>}
    <p class="location-state" id="location-state" role="status" aria-live="polite" data-location-state>
      {value ? `Tersimpan: ${formatCoordinate(value.latitude, value.longitude)} (${formatAccuracy(value.accuracy)})` : 'Lokasi belum diambil.'}
    </p>
    <button type="button" class="button secondary" data-location-start hidden>{value ? 'Ambil ulang lokasi' : 'Ambil lokasi'}</button>
    <details class="by-hand">
      <summary>Isi koordinat sendiri</summary>
      <div class="field-row">
        <Coordinate name={latName} label="Lintang" value={value?.latitude} />
        <Coordinate name={lonName} label="Bujur" value={value?.longitude} />
        <Coordinate name={accuracyName} label="Ketelitian (m)" value={value?.accuracy} />
      </div>
    </details>
    <input type="hidden" name={timeName} value={value?.at ?? ''} data-location-time />
  </fieldset>
)

const Coordinate = ({ name, label, value }: { name: string, label: string, value?: number }) => (
  <div class="field">
    <label for={fieldId(name)}>{label}</label>
    <input id={fieldId(name)} name={name} inputmode="decimal" autocomplete="off" class="medium" value={value === undefined ? '' : String(value)} />
  </div>
)

export const TimerField = ({ name = 'activeMs', value = 0 }: { name?: string, value?: number }) => (
  <input type="hidden" name={name} value={String(value)} data-timer />
)
