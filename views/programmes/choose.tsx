import type { Drafting } from '#app/programmes/drafting.ts'
import { listTrail } from '#views/programmes/labels.ts'
import { startHref } from '#views/programmes/links.ts'
import { HouseholdSearch } from '#views/proposals/choose.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { maskNik } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { drafting: Drafting }

// One question after another, each a link, until there is a form to fill in.
export const ChooseChange = ({ drafting }: Props) => {
  const { programme, kind, recipient, replaced, step } = drafting
  return (
    <Stack>
      <PageHead title={kind?.label ?? (recipient ? `Usulkan perubahan: ${recipient.name}` : `Usulkan penerima ${programme.name}`)} lead={LEADS[step](drafting)} trail={listTrail(programme.code)} />
      {replaced && <Notice><p>{`Menggantikan ${replaced.name}, ${programme.states[replaced.state]?.label ?? replaced.state}.`}</p></Notice>}
      {step === 'kind' && <Kinds drafting={drafting} />}
      {step === 'household' && <Household drafting={drafting} />}
      {step === 'who' && <Who drafting={drafting} />}
      {step === 'replaced' && <Replaceable drafting={drafting} />}
    </Stack>
  )
}

const LEADS: Record<Drafting['step'], (drafting: Drafting) => string> = {
  kind: () => 'Pilih apa yang diusulkan.', household: ({ programme: { unit } }) => unit === 'family' ? 'Cari keluarganya di registri.' : 'Cari rumah tangga orangnya di registri.',
  who: ({ programme: { unit } }) => unit === 'family' ? 'Rumah tangga ini mempunyai beberapa keluarga. Pilih salah satu.' : 'Pilih orangnya.',
  replaced: () => 'Pilih penerima yang digantikan.', form: () => '',
}

const Kinds = ({ drafting: { kinds, programme, starting } }: Props) => kinds.length === 0
  ? <EmptyState title="Tidak ada yang dapat diusulkan dari keadaan ini" />
  : (
    <Card title="Jenis usulan">
      <Stack>
        {kinds.map(({ code, label, hint }) => <div><LinkButton href={startHref(programme.code, { ...starting, kind: code })}>{label}</LinkButton>{hint && <p class="hint">{hint}</p>}</div>)}
      </Stack>
    </Card>
  )

const Household = ({ drafting: { programme, starting, households } }: Props) => (
  <Card title="Rumah tangga">
    <HouseholdSearch q={starting.q ?? ''} found={households} label="Cari rumah tangga" action={`/programmes/${programme.code}/changes/new`} keep={{ kind: starting.kind, replaced: starting.replaced }}
      hrefOf={(household) => startHref(programme.code, { kind: starting.kind, replaced: starting.replaced, household })} />
  </Card>
)

const Who = ({ drafting: { programme, starting, home, people, familySeqs } }: Props) => {
  const href = (chosen: { family?: number, member?: number }) => startHref(programme.code, { kind: starting.kind, replaced: starting.replaced, household: home!.id, ...chosen })
  if (programme.unit === 'family') {
    return (
      <Card title={`Keluarga di rumah tangga ${home!.headName}`}>
        <Stack>
          {familySeqs.map((seq) => {
            const own = people.filter(({ familySeq }) => familySeq === seq)
            return <div><LinkButton href={href({ family: seq })}>{own.find(({ relation }) => relation === 1)?.name ?? own[0]!.name}</LinkButton><p class="hint">{own.map(({ name }) => name).join(', ')}</p></div>
          })}
        </Stack>
      </Card>
    )
  }
  return (
    <Table caption={`Anggota rumah tangga ${home!.headName}`} columns={['Nama', 'NIK', { label: 'Pilih', hide: true }]}>
      {people.map(({ seq, name, nik }) => (
        <Row>
          <Cell label="Nama" lead>{name}</Cell><Cell label="NIK">{maskNik(nik)}</Cell>
          <Cell label="Pilih" actions><LinkButton href={href({ member: seq })} small aria-label={`Pilih ${name}`}>Pilih</LinkButton></Cell>
        </Row>
      ))}
    </Table>
  )
}

const Replaceable = ({ drafting: { programme, starting, replaceable, home, subject } }: Props) => {
  const begun = { kind: starting.kind, household: home!.id, family: subject!.familySeq, member: subject!.memberSeq }
  return (
    <Card title={`Menggantikan siapa? Pengganti: ${subject!.name}`}>
      <Stack>
        <Filters action={`/programmes/${programme.code}/changes/new`} label="Cari penerima yang digantikan">
          {Object.entries(begun).map(([name, value]) => value !== undefined && value !== null && <HiddenField name={name} value={value} />)}
          <TextField name="other" type="search" label="Cari penerima" value={starting.other} maxlength={100} autocomplete="off" hint={`Nama, NIK, Nomor KK, atau ${programme.number}. Tanpa pencarian tampil yang sedesa.`} />
        </Filters>
        {replaceable.length === 0 && <EmptyState title="Tidak ada penerima yang cocok" />}
        {replaceable.length > 0 && (
          <Table caption="Penerima" columns={['Nama', 'Keadaan', { label: 'Pilih', hide: true }]}>
            {replaceable.map(({ id, name, village, state }) => (
              <Row>
                <Cell label="Nama" lead>{name}<br /><small class="hint">{village}</small></Cell><Cell label="Keadaan">{programme.states[state]?.label ?? state}</Cell>
                <Cell label="Pilih" actions><LinkButton small href={startHref(programme.code, { ...begun, replaced: id })} aria-label={`Gantikan ${name}`}>Pilih</LinkButton></Cell>
              </Row>
            ))}
          </Table>
        )}
      </Stack>
    </Card>
  )
}
