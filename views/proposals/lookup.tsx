import type { Drafting } from '#app/proposals/drafting.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { KINDS } from '#views/proposals/labels.ts'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, RadioGroup, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Facts, PageHead, Stack } from '#views/ui/page.tsx'

type Kind = 'marriage' | 'member_move' | 'household_move'
type Fields = { kind: string, household?: string, report?: string, comes?: string, formKey: string, error?: string }

const ASKED: Record<Kind, string> = {
  marriage: 'NIK pasangannya', member_move: 'NIK atau Nomor KK di rumah tangga yang menerima', household_move: 'NIK atau Nomor KK rumah tangga yang datang',
}

// A post, so that no number stands in an address.
export const LookupFields = ({ kind, household, report, comes, formKey, error }: Fields) => (
  <Form action="/proposals/lookup">
    {Object.entries({ key: formKey, kind, household, report }).map(([name, value]) => value && <HiddenField name={name} value={value} />)}
    <TextField name="number" label={ASKED[kind as Kind]} inputmode="numeric" maxlength={24} width="medium" autocomplete="off" required error={error}
      hint="16 angka, seperti pada KTP atau KK. Setiap pencarian dicatat dan jumlahnya dibatasi. Yang tampil hanya nama yang disingkat dan desanya." />
    {kind === 'marriage' && <RadioGroup name="comes" label="Siapa yang pindah" required value={comes ?? ''} options={[
      { value: '', label: 'Orang dari rumah tangga ini, ke desa pasangannya' }, { value: '1', label: 'Pasangannya, ke desa ini' },
    ]} />}
    <Button tone="secondary">Cari nomor ini</Button>
  </Form>
)

export const LookupPage = ({ problem, ...fields }: Fields & { problem?: { message: string, fields: Record<string, string> } }) => (
  <Stack>
    <PageHead title="Cari rumah tangga di desa lain" trail={[{ href: '/proposals', label: 'Usulan perubahan' }, { href: '/proposals/new', label: 'Ajukan usulan' }]}
      lead={`Untuk usulan: ${KINDS[fields.kind as Kind].label.toLowerCase()}. Sesudah ditemukan, isi apa yang terjadi.`} />
    {problem && <ProblemPanel problem={problem} labels={{ number: 'Nomor' }} />}
    <Card title="Nomor yang dicari"><LookupFields {...fields} error={problem?.fields.number} /></Card>
    <ActionBar><LinkButton href="/proposals/new" tone="quiet">Kembali</LinkButton></ActionBar>
  </Stack>
)

// What the number led to, and no more.
export const Found = ({ crossing: { home, byPerson }, error }: { crossing: NonNullable<Drafting['crossing']>, error?: string }) => (
  <Card title="Rumah tangga di desa lain">
    <Facts compact items={[
      { label: 'Kepala rumah tangga', value: home.headName }, { label: 'Desa/kelurahan', value: home.places[0]! }, { label: 'Ditemukan dengan', value: byPerson ? 'NIK' : 'Nomor KK' },
    ]} />
    {error && <p class="error" id="f-number" tabindex={-1}><span class="unseen">Kesalahan: </span>{error}</p>}
    <p class="hint">Isinya tidak ditampilkan. Desanya memeriksa bagiannya sebelum usulan ini sampai ke Dinsos.</p>
  </Card>
)
