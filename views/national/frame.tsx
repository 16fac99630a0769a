import type { Regency } from '#app/national/places.ts'
import { can } from '#app/users/permissions.ts'
import type { Actor } from '#app/users/actor.ts'
import { Button } from '#views/ui/button.tsx'
import { FileField, HiddenField, SelectField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { Card } from '#views/ui/page.tsx'

const PAGES = [
  { href: '/national', label: 'Ringkasan' }, { href: '/national/batches', label: 'Berkas' }, { href: '/national/arrivals', label: 'Kedatangan' },
  { href: '/national/search', label: 'Cari orang' }, { href: '/national/doubles', label: 'NIK di dua kabupaten' },
]

export const NationTabs = ({ current }: { current: string }) => <Tabs label="Data nasional" items={PAGES.map((one) => ({ ...one, current: one.href === current }))} />

export const NATION_TRAIL = [{ href: '/national', label: 'Data nasional' }]
export const BATCHES_TRAIL = [...NATION_TRAIL, { href: '/national/batches', label: 'Berkas' }]

export const Upload = ({ actor, newId }: { actor: Actor, newId: string }) => can(actor, 'national.receive') ? (
  <Card title="Terima arsip kabupaten/kota">
    <Form action="/national/arrivals" upload>
      <HiddenField name="id" value={newId} />
      <FileField name="package" label="Arsip dari kabupaten/kota (ZIP)" accept="application/zip,.zip" required hint="Arsip yang dibuat SIKS saat berkas dikirim ke Kemensos. Setiap data dihitung ulang hash-nya; arsip yang sama dua kali dihitung satu." />
      <Button>Terima dan periksa</Button>
    </Form>
  </Card>
) : null

// A province or a kabupaten of the reader's scope.
export const RegionField = ({ regencies, chosen }: { regencies: Regency[], chosen: string }) => {
  const provinces = [...new Map(regencies.map(({ provinceCode, province }) => [provinceCode, province]))]
  const options = provinces.flatMap(([code, name]) => [{ value: code, label: name }, ...regencies.filter(({ provinceCode }) => provinceCode === code).map((one) => ({ value: one.code, label: `– ${one.name}` }))])
  return <SelectField name="region" label="Wilayah" required value={chosen} blank="Semua" options={options} />
}
