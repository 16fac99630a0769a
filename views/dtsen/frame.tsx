import type { Snapshot } from '#app/dtsen/snapshots.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { snapshotName } from '#views/dtsen/words.ts'
import { RegionPicker } from '#views/regions/picker.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import type { Child } from '#views/ui/types.ts'

const REPORTS = [
  { href: '/dtsen', label: 'Sebaran' }, { href: '/dtsen/movement', label: 'Perpindahan' }, { href: '/dtsen/coverage', label: 'Cakupan' },
  { href: '/dtsen/rows', label: 'Daftar keluarga' },
]

export const ReportTabs = ({ current, region }: { current: string, region: string }) => (
  <Tabs label="Laporan desil" items={REPORTS.map(({ href, label }) => ({ href: region ? `${href}?region=${region}` : href, label, current: href === current }))} />
)

type NarrowingProps = { action: string, places: PlaceChoices, region: string, children?: Child }

// Which place, and what else the report asks.
export const Narrowing = ({ action, places, region, children }: NarrowingProps) => (
  <Filters action={action} label="Pilih wilayah dan potret desil">
    {children}
    {'own' in places
      ? <SelectField name="region" label="Wilayah" required value={region} blank="" options={places.own.map(({ code, name }) => ({ value: code, label: name }))} />
      : places.levels.length > 0 && <RegionPicker levels={places.levels} within={places.within} legend="Wilayah" blank="Semua" />}
  </Filters>
)

type ChoiceProps = { name: string, label: string, snapshots: Snapshot[], chosen?: string, current?: string[] }

export const SnapshotChoice = ({ name, label, snapshots, chosen, current = [] }: ChoiceProps) => (
  <SelectField name={name} label={label} required value={chosen} blank="" options={snapshots.map((snapshot) => ({
    value: snapshot.id, label: `${snapshotName(snapshot)}${current.includes(snapshot.id) ? ', berlaku' : ''}`,
  }))} />
)
