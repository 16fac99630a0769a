import type { FamilyFilter, FamilyPlace, ListedFamily } from '#app/local/families.ts'
import type { LocalProgramme } from '#app/local/programmes.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { query, spanOf, trailOf } from '#views/local/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { hasPlaces, PlaceFilter } from '#views/programmes/place-filter.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, SelectField, TextField, Tick } from '#views/ui/field.tsx'
import { Filters, Form } from '#views/ui/form.tsx'
import { maskKk } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Filter = Omit<FamilyFilter, 'village'> & { region: string }
type Props = {
  local: LocalProgramme, village: string, villageName: string, filter: Filter, found?: { rows: ListedFamily[], next?: FamilyPlace }, places: PlaceChoices, formKey: string,
  problem?: { message: string, fields: Record<string, string> }, ticked?: string[], reason?: string
}

const AIDS = [{ value: 'none', label: 'Belum menerima PKH atau Sembako' }, { value: 'all', label: 'Semua keluarga' }]
const DESILS = Array.from({ length: 10 }, (_, i) => ({ value: i + 1, label: i === 0 ? 'Desil 1' : `Desil 1–${i + 1}` }))

// Whom the musyawarah may talk about: the poorest first, with what each already gets.
export const FamiliesPage = (props: Props) => {
  const { local, village, villageName, filter, found, places, problem } = props
  const here = `/local/${local.id}/families`
  return (
    <Stack>
      <PageHead title="Usulkan keluarga" trail={trailOf(local)} lead={`${local.name}, ${spanOf(local)}. Centang keluarga yang akan dibahas musyawarah${villageName ? ` di ${villageName}` : ''}; desil terendah tampil lebih dahulu.`} />
      {problem && <ProblemPanel problem={problem} labels={{ reason: 'Alasan', family: 'Keluarga' }} />}
      <Filters action={here} label="Saring keluarga" clearHref={query({ ...filter, aid: filter.aid === 'none' ? undefined : filter.aid }) ? here : undefined}>
        <TextField name="q" type="search" label="Cari" required value={filter.q} maxlength={100} autocomplete="off" hint="Nama kepala keluarga, NIK, atau Nomor KK." />
        <SelectField name="desil" label="Desil" required value={filter.desil} blank="Semua, juga yang belum ada" options={DESILS} />
        <SelectField name="aid" label="Bantuan lain" required blank="" value={filter.aid} options={AIDS} />
        {local.programme === 'apbd' && hasPlaces(places) && <PlaceFilter places={places} region={filter.region} alone={!village} />}
      </Filters>
      {!found && <EmptyState title="Pilih desanya dahulu">Keluarga diusulkan desa demi desa.</EmptyState>}
      {found && found.rows.length === 0 && <EmptyState title="Tidak ada keluarga yang cocok">Longgarkan saringannya. Keluarga yang belum terdata diajukan lebih dahulu sebagai usulan baru.</EmptyState>}
      {found && found.rows.length > 0 && <Choosing {...props} rows={found.rows} next={found.next} />}
    </Stack>
  )
}

const Choosing = ({ local, village, filter, rows, next, formKey, ticked = [], reason, problem }: Props & { rows: ListedFamily[], next?: FamilyPlace }) => {
  const hereWith = (after?: string) => `/local/${local.id}/families${query({ ...filter, region: filter.region || (local.programme === 'apbd' ? village : ''), after })}`
  return (
    <Form action={hereWith()}>
      <HiddenField name="key" value={formKey} />
      <div id="f-family" tabindex={-1}><Table caption="Keluarga" bodyId="keluarga" columns={[{ label: 'Centang', hide: true }, 'Kepala keluarga', 'Nomor KK', 'Alamat', 'Desil', 'Bantuan lain', 'Memenuhi aturan']}>
        {rows.map((row) => {
          const value = `${row.householdId}~${row.familySeq}`
          return (
            <Row tone={row.central ? 'warn' : undefined}>
              <Cell label="Centang">{row.own ? null : <Tick name="family" value={value} label={`Usulkan ${row.name}`} checked={ticked.includes(value)} />}</Cell>
              <Cell label="Kepala keluarga" lead><a href={`/households/${row.householdId}`}>{row.name}</a></Cell>
              <Cell label="Nomor KK">{maskKk(row.kkNumber)}</Cell>
              <Cell label="Alamat">{row.address}</Cell>
              <Cell label="Desil">{row.desil ?? 'Belum ada'}</Cell>
              <Cell label="Bantuan lain"><div>
                {row.gets.map(({ label, central, own }) => <Badge tone={own ? 'info' : central ? 'warn' : 'neutral'}>{own ? 'Sudah di program ini' : label}</Badge>)}
                {row.gets.length === 0 && 'Tidak ada'}
                {row.said.length > 0 && <><br /><small class="hint">{`Menurut pendataan: ${row.said.join(', ')}`}</small></>}
              </div></Cell>
              <Cell label="Memenuhi aturan"><a href={`/eligibility/families/${row.householdId}/${row.familySeq}`}>{row.eligible.length > 0 ? row.eligible.join(', ') : 'Tidak ada'}<span class="unseen">{` · kelayakan ${row.name}`}</span></a></Cell>
            </Row>
          )
        })}
      </Table></div>
      <Pager bodyId="keluarga" nextHref={next && hereWith(`${next.desil}~${next.householdId}~${next.familySeq}`)} note="Usulkan yang dicentang dahulu sebelum membuka halaman berikutnya." />
      <TextField name="reason" label="Alasan bila ada yang sudah menerima PKH atau Sembako" value={reason} error={problem?.fields.reason} maxlength={300} autocomplete="off" />
      <ActionBar><Button>Usulkan yang dicentang</Button><LinkButton tone="quiet" href={`/local/${local.id}`}>Kembali ke program</LinkButton></ActionBar>
    </Form>
  )
}
