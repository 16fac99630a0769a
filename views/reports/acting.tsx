import type { ReportCase } from '#app/reports/case.ts'
import type { CaseProps } from '#views/reports/case.tsx'
import { Button, Confirm, PostButton } from '#views/ui/button.tsx'
import { HiddenField, RadioGroup, SelectField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card } from '#views/ui/page.tsx'

// What may be done now, by this reader. Without script as well: a template is a link that fills the box.
export const Acting = (props: CaseProps) => {
  const { report, open, answerable } = props.found
  return (
    <>
      {open && answerable && report.status === 'received' && (
        <Card title="Mulai">
          <p>Tandai bahwa laporan ini mulai diperiksa. Pelapor melihatnya, dan batas waktunya tetap.</p>
          <PostButton action={`/reports/${report.id}/examination`} fields={act(props)}>Mulai periksa</PostButton>
        </Card>
      )}
      {open && answerable && <AnswerCard {...props} />}
      {answerable && !open && report.status === 'answered' && <Closing {...props} />}
      <NoteCard {...props} />
    </>
  )
}

const act = ({ found: { report }, formKey }: CaseProps) => ({ key: formKey, revision: String(report.revision) })

const ActFields = (props: CaseProps) => <>{Object.entries(act(props)).map(([name, value]) => <HiddenField name={name} value={value} />)}</>

const AnswerCard = (props: CaseProps) => {
  const { found, typed = {}, problem, template } = props
  const { report, refusals, templates, raisesTo } = found
  const chosen = templates.find(({ code }) => code === template)
  const error = problem?.fields ?? {}
  return (
    <Card title="Jawab pelapor" id="jawab">
      <Templates id={report.id} templates={templates} />
      <Form action={`/reports/${report.id}/answer`}>
        <ActFields {...props} />
        <RadioGroup name="outcome" label="Hasil pemeriksaan" required value={typed.outcome ?? (chosen && chosen.use !== 'question' ? chosen.use : undefined)} error={error.outcome} options={[
          { value: 'accepted', label: 'Diterima', hint: 'Laporan benar; perbaikan diusulkan lewat usulan, data belum berubah.' },
          { value: 'refused', label: 'Tidak diterima', hint: 'Pilih alasannya di bawah.' },
        ]} />
        <SelectField name="refusalCode" label="Alasan bila tidak diterima" value={typed.refusalCode} error={error.refusalCode} options={refusals} />
        <TextArea name="text" label="Jawaban untuk pelapor" required rows={5} maxlength={2000} value={typed.text ?? chosen?.text} error={error.text} hint="Pelapor membacanya di halaman laporannya. Jangan menulis NIK atau data orang lain." />
        <div class="card-actions">
          <Button>Kirim jawaban</Button>
          <Button tone="secondary" formaction={`/reports/${report.id}/question`}>Kirim sebagai pertanyaan</Button>
        </div>
      </Form>
      {raisesTo && (
        <Confirm label={`Teruskan ke ${raisesTo === 'regency' ? 'Dinsos' : 'kecamatan'}`} tone="quiet">
          <Form action={`/reports/${report.id}/raising`}>
            <ActFields {...props} />
            <TextArea id="f-raise-text" name="text" label="Mengapa diteruskan?" required rows={2} maxlength={2000} hint="Misalnya: menyangkut keluarga perangkat desa." />
            <Button tone="secondary">Teruskan</Button>
          </Form>
        </Confirm>
      )}
    </Card>
  )
}

const Templates = ({ id, templates }: { id: string, templates: ReportCase['templates'] }) => templates.length === 0 ? null : (
  <details>
    <summary>Pakai contoh jawaban</summary>
    <ul class="bulleted">{templates.map(({ code, label }) => <li><a href={`/reports/${id}?template=${code}#jawab`}>{label}</a></li>)}</ul>
  </details>
)

const Closing = (props: CaseProps) => (
  <Card title="Tutup laporan">
    <p>Laporan yang sudah dijawab ditutup sendiri bila pelapor tidak keberatan. Tutup sekarang hanya bila sudah jelas selesai.</p>
    <Form action={`/reports/${props.found.report.id}/closing`}>
      <ActFields {...props} />
      <TextArea name="text" label="Alasan menutup" required rows={2} maxlength={2000} value={props.typed?.text} error={props.problem?.fields.text} />
      <Button tone="secondary">Tutup laporan</Button>
    </Form>
  </Card>
)

const NoteCard = ({ found: { report }, formKey }: CaseProps) => (
  <Confirm label="Tulis catatan untuk petugas lain" tone="secondary">
    <Form action={`/reports/${report.id}/notes`}>
      <HiddenField name="key" value={formKey} />
      <TextArea id="f-note-text" name="text" label="Catatan" required rows={3} maxlength={2000} hint="Pelapor tidak melihatnya." />
      <Button tone="secondary">Simpan catatan</Button>
    </Form>
  </Confirm>
)
