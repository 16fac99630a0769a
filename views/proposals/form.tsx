import type { ListedHousehold } from '#app/households/households.ts'
import type { Drafting } from '#app/proposals/drafting.ts'
import type { Attachment } from '#app/files/attachments.ts'
import type { ForProposal } from '#app/reports/reports.ts'
import { ChangeFields } from '#views/changes/fields.tsx'
import { ProblemPanel } from '#views/problem.tsx'
import { About, HouseholdSearch, ReportNotice } from '#views/proposals/choose.tsx'
import { Found, LookupFields } from '#views/proposals/lookup.tsx'
import { FIELDS, KINDS } from '#views/proposals/labels.ts'
import { newHref } from '#views/proposals/links.ts'
import { NewHouseholdFields } from '#views/proposals/newcomer.tsx'
import { RegionPicker } from '#views/regions/picker.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, FileField, HiddenField, SelectField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'

type Trouble = { message: string, fields: Record<string, string> }
export type ProposalFormProps = {
  drafting: Drafting, typed: Record<string, string>, problem?: Trouble, papers?: Attachment[]
  report?: ForProposal
  search?: { q: string, found: ListedHousehold[] }, remark?: string
}

// One form for every kind: what it is about, what happened, and what proves it.
export const ProposalForm = (props: ProposalFormProps) => {
  const { drafting, typed, problem, remark } = props
  const { kind, household, needsOther, other } = drafting
  return (
    <Stack>
      <PageHead title={KINDS[kind].label} lead={KINDS[kind].about}
        trail={[{ href: '/proposals', label: 'Usulan perubahan' }, { href: `/proposals/new${household ? `?household=${household.id}` : ''}`, label: 'Ajukan usulan' }]} />
      {problem && <ProblemPanel problem={problem} labels={FIELDS} />}
      {props.report && <ReportNotice report={props.report} />}
      {remark && <Notice tone="warn" title="Dikembalikan dengan catatan"><p>{remark}</p></Notice>}
      {household && <About household={household} open={drafting.open.filter(({ id }) => id !== typed.id)} />}
      {needsOther && !other && !drafting.crossing ? <><ChooseOther {...props} /><Beyond {...props} /></> : <WholeForm {...props} />}
    </Stack>
  )
}

// Some changes need a second household: it is looked for here, in the reader's own places.
const ChooseOther = ({ drafting: { kind, household }, typed, search }: ProposalFormProps) => (
  <Card title={kind === 'family_merge' ? 'Rumah tangga yang bergabung dengannya' : 'Rumah tangga tujuan'}>
    <HouseholdSearch q={search?.q ?? ''} found={(search?.found ?? []).filter(({ id }) => id !== household?.id)} label="Cari rumah tangga"
      action={`/proposals/new/${kind}`} keep={{ household: household?.id, report: typed.report, pick: '1' }}
      hrefOf={(id) => newHref(kind, { household: household?.id, other: id, report: typed.report })} />
  </Card>
)

// In another desa only an exact number leads to a household.
const Beyond = ({ drafting: { kind, household, mayReach }, typed }: ProposalFormProps) => mayReach && ['marriage', 'member_move'].includes(kind)
  ? <Card title="Rumah tangga di desa lain"><LookupFields kind={kind} household={household?.id} report={typed.report} formKey={typed.key ?? ''} /></Card>
  : null

const WholeForm = ({ drafting, typed, problem, papers = [] }: ProposalFormProps) => {
  const errors = problem?.fields ?? {}
  const { kind, household, other, today, target, villages, undo, crossing } = drafting
  const about = crossing?.begins ? crossing.home : household
  const comes = kind === 'marriage' && crossing?.begins
  const second = comes ? household : crossing && !crossing.begins ? crossing.home : other
  return (
    <Form action="/proposals" upload>
      {Object.entries({ id: typed.id, key: typed.key, kind, household: household?.id, other: other?.id, reached: crossing?.reached, comes: comes && '1', report: typed.report, of: undo })
        .map(([name, value]) => value && <HiddenField name={name} value={value} />)}
      {other && <About household={other} open={[]} title={kind === 'family_merge' ? 'Bergabung dengannya' : 'Rumah tangga tujuan'} />}
      {crossing && <Found crossing={crossing} error={errors.number} />}
      {crossing?.begins && !comes && (
        <Card title="Tujuan">
          <SelectField name="target" label={FIELDS.targetRegionCode!} required value={typed.target || (villages.length === 1 ? villages[0]!.code : '')} error={errors.targetRegionCode}
            options={villages.map(({ code, name }) => ({ value: code, label: name }))} hint="Desa asal akan melihat usulan ini dan harus melepas rumah tangganya." />
        </Card>
      )}
      {target && (
        <Card title="Tujuan">
          <RegionPicker name="target" levels={target} legend="Desa/kelurahan tujuan" error={errors.targetRegionCode} showAction={`/proposals/new/${kind}`}
            hint="Desa tujuan akan melihat usulan ini dan harus menerimanya." />
        </Card>
      )}
      {kind === 'family_merge' && !other && household && (
        <Notice><p>Formulir ini menggabungkan dua KK dalam rumah tangga ini. Bila seluruh rumah tangga ini bergabung dengan rumah tangga lain, <a href={newHref(kind, { household: household.id, pick: '1', report: typed.report })}>pilih rumah tangga itu dahulu</a>.</p></Notice>
      )}
      {kind === 'new' && <NewHouseholdFields typed={typed} errors={errors} villages={villages} most={drafting.mostMembers} />}
      {kind === 'undo' && <Notice title="Pembatalan"><p>Isi sebelum perubahan itu diajukan lagi sebagai versi baru. Perbandingannya tampil sesudah disimpan; versi yang dibatalkan tetap ada dalam riwayat.</p></Notice>}
      {kind !== 'new' && kind !== 'undo' && about && (
        <ChangeFields kind={kind} household={about} other={second} veiled={Boolean(crossing)} comes={comes} typed={typed} errors={errors} today={today} />
      )}
      <Common drafting={drafting} typed={typed} errors={errors} papers={papers} />
      <ActionBar>
        <Button name="action" value="submit">Ajukan</Button>
        <Button tone="secondary" name="action" value="draft">Simpan dahulu</Button>
        <LinkButton href="/proposals" tone="quiet">Kembali</LinkButton>
      </ActionBar>
    </Form>
  )
}

type CommonProps = { drafting: Drafting, typed: Record<string, string>, errors: Record<string, string>, papers: Attachment[] }

const Common = ({ drafting: { reasons, meetings, household, kind }, typed, errors, papers }: CommonProps) => (
  <>
    <Card title="Alasan">
      <SelectField name="reasonCode" label={FIELDS.reasonCode!} required value={typed.reasonCode || (reasons.length === 1 ? reasons[0]!.code : '')} error={errors.reasonCode}
        options={reasons.map(({ code, label }) => ({ value: code, label }))} />
      <TextArea name="note" label={FIELDS.note!} rows={3} maxlength={1000} value={typed.note} error={errors.note} hint="Apa yang terjadi, kapan, dan siapa yang memberi tahu." />
    </Card>
    <Card title="Bukti">
      {papers.length > 0 && <ul>{papers.map(({ id, name, kind: paper }) => <li><a href={`/files/attachments/${id}`}>{paper === 'minutes' ? 'Berita acara' : 'Bukti'}: {name}</a></li>)}</ul>}
      <FileField name="evidence" label={papers.length ? 'Tambah bukti' : 'Bukti (foto atau PDF)'} accept="image/jpeg,application/pdf" multiple error={errors.evidence}
        hint="Misalnya akta kematian, akta kelahiran, KK baru, surat pindah, foto rumah. Paling banyak 6 berkas." />
    </Card>
    <Card title="Keputusan musyawarah">
      <Stack>
        {['new', 'deactivation', 'reactivation'].includes(kind) && <p>Usulan ini harus diputuskan musdes/muskel: pilih musdes yang sudah dicatat, atau isi berita acara sendiri.</p>}
        <SelectField name="musdesId" label={FIELDS.musdesId!} value={typed.musdesId} error={errors.musdesId} blank="Tidak melalui musdes yang tercatat"
          options={meetings.map(({ id, heldOn, minutesNumber, village }) => ({ value: id, label: `${formatDate(heldOn)}, nomor ${minutesNumber}${household ? '' : `, ${village}`}` }))} />
        <FieldRow>
          <TextField name="minutesNumber" label={FIELDS.minutesNumber!} maxlength={100} value={typed.minutesNumber} error={errors.minutesNumber} width="medium" />
          <DateField name="minutesDate" label={FIELDS.minutesDate!} value={typed.minutesDate} error={errors.minutesDate} />
        </FieldRow>
        <FileField name="minutes" label={FIELDS.minutes!} accept="image/jpeg,application/pdf" error={errors.minutes} hint="PDF atau foto JPEG. Sidik SHA-256 berkasnya ikut dicatat." />
      </Stack>
    </Card>
  </>
)
