import type { Intake, IntakeRow } from '#app/intake/intakes.ts'
import type { Candidate, UnmatchedRow, Which } from '#app/intake/unmatched.ts'
import type { PickerLevel } from '#app/regions/picker.ts'
import { exportHref } from '#views/exports/links.ts'
import { INTAKE_TRAIL, PROGRAMME_NAMES, SETTLEMENT } from '#views/intake/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { RegionPicker } from '#views/regions/picker.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { maskKk, maskNik } from '#views/ui/format.ts'
import { Tabs } from '#views/ui/nav.tsx'
import { Card, EmptyState, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

const trailOf = (intake: Intake) => [INTAKE_TRAIL, { href: `/intake/${intake.id}`, label: intake.fileName }]

type ListProps = { intake: Intake, rows: UnmatchedRow[], next?: number, which: Which, formKey: string, mayExport: boolean }

export const UnmatchedPage = ({ intake, rows, next, which, formKey, mayExport }: ListProps) => {
  const here = `/intake/${intake.id}/unmatched`
  return (
    <Stack>
      <PageHead title="Tidak ada di registri" trail={trailOf(intake)} lead={`Penerima ${PROGRAMME_NAMES[intake.programme]} dalam berkas yang tidak ditemukan menurut NIK maupun No KK. Buka satu baris untuk mencarinya menurut nama, atau ekspor untuk dikembalikan kepada pengirimnya.`}
        actions={mayExport && rows.length > 0 ? <LinkButton href={exportHref('intake-unmatched', `?${new URLSearchParams({ intake: intake.id, which })}`)}>Ekspor</LinkButton> : undefined} />
      <Tabs label="Baris" items={[{ href: here, label: 'Belum selesai', current: which === 'left' }, { href: `${here}?which=settled`, label: 'Selesai', current: which === 'settled' }]} />
      {rows.length === 0
        ? <EmptyState title={which === 'left' ? 'Semua sudah diselesaikan' : 'Belum ada yang diselesaikan'} action={<LinkButton href={`/intake/${intake.id}`}>Kembali ke berkas</LinkButton>} />
        : (
          <Table caption={which === 'left' ? 'Belum selesai' : 'Selesai'} bodyId="baris" columns={['Nama', 'NIK', 'No KK', 'Alamat', which === 'left' ? 'Tindakan' : 'Hasil']}>
            {rows.map((row) => (
              <Row>
                <Cell label="Nama" lead>{row.name}<br /><small class="hint">Baris {row.position}</small></Cell>
                <Cell label="NIK"><span class="number">{maskNik(row.nik)}</span></Cell>
                <Cell label="No KK"><span class="number">{maskKk(row.kkNumber)}</span></Cell>
                <Cell label="Alamat">{[row.facts.address, row.village].filter(Boolean).join(', ')}</Cell>
                {row.settlement
                  ? <Cell label="Hasil"><div><Badge tone={SETTLEMENT[row.settlement].tone}>{SETTLEMENT[row.settlement].label}</Badge>{row.note && <><br /><small class="hint">{row.note}</small></>}</div></Cell>
                  : <Cell label="Tindakan" actions><a href={`${here}/${row.position}`} aria-label={`Selesaikan ${row.name}`}>Selesaikan</a></Cell>}
              </Row>
            ))}
          </Table>
        )}
      <Pager bodyId="baris" nextHref={next === undefined ? undefined : `${here}?which=${which}&after=${next}`} />
      {which === 'left' && rows.length > 0 && intake.status === 'applied' && (
        <Confirm label="Simpan semua sebagai tidak ada di registri">
          <Form action={`/intake/${intake.id}/keeping`} guard={false}>
            <HiddenField name="key" value={formKey} />
            <p>Paling banyak 500 baris sekaligus; yang tidak memuat kode desa dilewati. Setiap penerima tetap dapat ditautkan kemudian.</p>
            <TextField name="note" label="Catatan" maxlength={300} />
            <Button>Ya, simpan semua</Button>
          </Form>
        </Confirm>
      )}
    </Stack>
  )
}

export type RowProps = {
  intake: Intake, row: IntakeRow, village: string, q: string, candidates: Candidate[], levels: PickerLevel[], keys: string[], note?: string
  problem?: { message: string, fields: Record<string, string>, status?: number }
}

export const UnmatchedRowPage = (props: RowProps) => {
  const { intake, row, village, q, candidates, problem } = props
  const here = `/intake/${intake.id}/unmatched/${row.position}`
  return (
    <Stack>
      <PageHead title={row.name} trail={[...trailOf(intake), { href: `/intake/${intake.id}/unmatched`, label: 'Tidak ada di registri' }]} lead="Cari keluarga atau orangnya di registri, lalu tautkan dengan alasan. Bila memang tidak ada, simpan atau keluarkan." />
      {problem && <ProblemPanel problem={problem} />}
      <Card title={`Baris ${row.position} dalam berkas`}>
        <Facts items={[
          { label: 'NIK', value: maskNik(row.nik) }, { label: 'No KK', value: maskKk(row.kkNumber) }, { label: 'Nomor', value: maskNik(row.number) }, { label: 'Alamat', value: row.facts.address }, { label: 'Wilayah', value: village },
        ]} />
      </Card>
      {row.settlement ? <Card title="Sudah diselesaikan"><p><Badge tone={SETTLEMENT[row.settlement].tone}>{SETTLEMENT[row.settlement].label}</Badge> {row.note}</p></Card> : (
        <>
          <Card title="Tautkan dengan registri">
            <Form action={here} method="get"><TextField name="q" label="Cari di registri" type="search" required value={q} hint="Nama, alamat, NIK, atau No KK" maxlength={100} /><div class="action-bar"><Button tone="secondary">Cari</Button></div></Form>
            {q && candidates.length === 0 && <p>Tidak ada yang cocok dengan "{q}" di wilayah ini.</p>}
            {candidates.length > 0 && <Link {...props} here={here} />}
          </Card>
          <Others {...props} here={here} />
        </>
      )}
    </Stack>
  )
}

const Link = ({ candidates, keys, here, note, problem }: RowProps & { here: string }) => (
  <Form action={here} guard={false}>
    <HiddenField name="key" value={keys[0]!} />
    <HiddenField name="decision" value="link" />
    <fieldset class="field">
      <legend>Pilih yang sama</legend>
      <div class="choices">
        {candidates.map(({ householdId, familySeq, memberSeq, name, nik, kkNumber, address, village }) => (
          <label class="choice">
            <input type="radio" name="place" required value={[householdId, familySeq ?? '', memberSeq ?? ''].join('~')} />
            <span>{name}<small>NIK {maskNik(nik)} · KK {maskKk(kkNumber)} · {address}, {village}</small></span>
          </label>
        ))}
      </div>
    </fieldset>
    {problem?.fields.place && <p class="error">{problem.fields.place}</p>}
    <TextField name="note" label="Alasan tautan" required maxlength={300} value={note} hint="Misalnya: NIK di berkas salah satu angka, nama dan alamat sama" error={problem?.fields.note} />
    <div class="action-bar"><Button>Tautkan</Button></div>
  </Form>
)

const Others = ({ row, levels, keys, here, intake, problem }: RowProps & { here: string }) => (
  <Card title="Bila tidak ada di registri">
    <Confirm label="Simpan sebagai tidak ada di registri" open={Boolean(problem?.fields.region)}>
      <Form action={here} guard={false}>
        <HiddenField name="key" value={keys[1]!} />
        <HiddenField name="decision" value="keep" />
        <p>Penerima tetap tercatat dan tampil di pemeriksaan silang sebagai "tidak ada di registri".</p>
        {row.regionCode.length < 13 && <RegionPicker levels={levels} within={intake.regionCode} legend="Desa/kelurahan" error={problem?.fields.region} showAction={here} />}
        <TextField name="note" id="f-note-keep" label="Catatan" maxlength={300} />
        <Button>Ya, simpan</Button>
      </Form>
    </Confirm>
    <Confirm label="Keluarkan dari impor">
      <Form action={here} guard={false}>
        <HiddenField name="key" value={keys[2]!} />
        <HiddenField name="decision" value="throw" />
        <TextField name="note" id="f-note-throw" label="Alasan mengeluarkan" required maxlength={300} error={problem?.fields.note} />
        <Button tone="danger">Ya, keluarkan</Button>
      </Form>
    </Confirm>
  </Card>
)
