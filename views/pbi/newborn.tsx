import type { NewbornPage } from '#app/pbi/newborns.ts'
import { BabyTable, proposeHref } from '#views/pbi/panel.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'

// From the participant to the baby: choose it from the registry, or have its birth proposed first.
export const NewbornView = ({ found: { mother, babies, asked, errors, known, unknown, active } }: { found: NewbornPage }) => (
  <Stack>
    <PageHead title="Usulkan bayi peserta" trail={[{ href: '/programmes/pbi', label: 'PBI-JK' }, { href: `/programmes/pbi/recipients/${mother.id}`, label: mother.name }]}
      lead="Bayi yang ibu atau kepala keluarganya peserta aktif dapat diusulkan. Pilih dari registri; yang belum tercatat diusulkan dahulu sebagai kelahiran." />
    {!active && <Notice tone="warn"><p>{mother.name} bukan peserta PBI-JK yang aktif. Bayinya diusulkan sebagai penambahan biasa.</p></Notice>}
    {active && babies.length > 0 && <Card title="Sudah tercatat di registri"><BabyTable babies={babies} mayPropose /></Card>}
    {active && mother.householdId === null && <Notice tone="warn"><p>Peserta ini belum terhubung dengan registri. Hubungkan dahulu lewat pemeriksaan data.</p></Notice>}
    {active && mother.householdId !== null && (
      <Card title="Bayi yang belum tercatat">
        {known && <Notice tone="good"><p>{known.name} sudah tercatat di registri. {known.state === 'free' ? <a href={proposeHref(known)}>Usulkan sebagai bayi peserta</a> : 'Usulannya sudah ada.'}</p></Notice>}
        {unknown && (
          <Notice title={`${asked.name} belum tercatat di registri`}>
            <p>Ajukan dahulu kelahirannya. Setelah ditetapkan, kembali ke halaman ini dan pilih namanya.</p>
            <LinkButton tone="primary" href={`/proposals/new/birth?${new URLSearchParams({ household: mother.householdId, name: asked.name, on: asked.birthDate })}`}>Ajukan kelahiran</LinkButton>
          </Notice>
        )}
        <Form action={`/pbi/newborns/${mother.id}`} method="get">
          <TextField name="name" label="Nama bayi" value={asked.name} error={errors.name} maxlength={100} autocomplete="off" required />
          <DateField name="birthDate" label="Tanggal lahir" value={asked.birthDate} error={errors.birthDate} required />
          <p><Button tone="secondary">Periksa di registri</Button></p>
        </Form>
      </Card>
    )}
  </Stack>
)
