import { familiesOf, MemberField, membersOf, Movers, SuccessionFields, TO_FAMILY_HEAD, TO_HEAD, When, YES_NO, type FormHousehold, type FormProps } from '#views/changes/people.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { FieldRow, RadioGroup, SelectField, TextField } from '#views/ui/field.tsx'
import { maskKk } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'

const HomeFields = ({ typed, errors, when }: Pick<FormProps, 'typed' | 'errors'> & { when?: string }) => (
  <FieldRow>
    <TextField name="address" label="Alamat yang baru" value={typed.address} error={errors.address} maxlength={200} hint={when} required={!when} />
    <TextField name="slsName" label="RT/RW atau dusun" value={typed.slsName} error={errors.slsName} maxlength={60} hint="Misalnya: RT 02 RW 01" />
  </FieldRow>
)

const KkField = ({ typed, errors, hint, required }: Pick<FormProps, 'typed' | 'errors'> & { hint: string, required?: boolean }) => (
  <TextField name="kkNumber" label="Nomor KK yang baru" inputmode="numeric" maxlength={16} width="medium" value={typed.kkNumber} error={errors.kkNumber} hint={hint} required={required} />
)

export const MarriageFields = (props: FormProps) => {
  const { household, other = household, veiled, comes, typed, errors } = props
  return (
    <>
      <Card title="Yang menikah">
        {comes ? <p>Yang pindah: orang yang NIK-nya Anda cari di {placeOf(household)}.</p> : <MemberField name="memberSeq" label={`Dari rumah tangga ${titleOf(household)} (yang pindah)`} household={household} only={unmarried} typed={typed} errors={errors} />}
        {veiled && !comes ? <p>Pasangannya: orang yang NIK-nya Anda cari di {placeOf(other)}.</p> : <MemberField name="otherSeq" label={`Dari rumah tangga ${titleOf(other)} (pasangannya)`} household={other} only={unmarried} typed={typed} errors={errors} />}
        <RadioGroup name="certificate" label="Akta atau buku nikah" value={typed.certificate ?? '1'} error={errors.certificate} required
          options={[{ value: 1, label: 'Ada, dapat ditunjukkan' }, { value: 2, label: 'Ada, tidak dapat ditunjukkan' }, { value: 0, label: 'Tidak ada' }]} />
        <RadioGroup name="pregnant" label="Apakah pengantin perempuan sedang hamil?" options={YES_NO} value={typed.pregnant ?? 'false'} error={errors.pregnant} inline />
      </Card>
      <Card title="Tinggal dan Kartu Keluarga">
        <RadioGroup name="living" label="Sesudah menikah" value={typed.living} error={errors.living} required options={[
          { value: 'with_family', label: 'Masuk ke keluarga pasangannya', hint: 'Nomor KK pasangannya tetap dipakai.' },
          { value: 'new_family', label: 'KK baru, tinggal di rumah tangga pasangannya' }, { value: 'new_household', label: 'KK baru dan rumah tangga sendiri' },
        ]} />
        <When name="living" is={['with_family', 'new_family']} typed={typed}>
          <FieldRow>
            <SelectField name="relationToHead" label="Hubungan yang pindah dengan kepala rumah tangga di sana" options={TO_HEAD.slice(1)} value={typed.relationToHead} error={errors.relationToHead} hint="Kosongkan bila mengikuti pasangannya." />
            <SelectField name="relationToFamilyHead" label="Hubungan yang pindah dengan kepala keluarga di sana" options={TO_FAMILY_HEAD.slice(1)} value={typed.relationToFamilyHead} error={errors.relationToFamilyHead} hint="Hanya bila masuk ke keluarga pasangannya." />
          </FieldRow>
        </When>
        <When name="living" is={['new_family', 'new_household']} typed={typed}>
          <KkField typed={typed} errors={errors} hint="Bila KK baru: 16 angka pada kartunya." />
          <RadioGroup name="familyHead" label="Kepala keluarga pada KK baru" value={typed.familyHead} error={errors.familyHead}
            options={[{ value: 'member', label: `Yang berasal dari ${titleOf(household)}` }, { value: 'other', label: `Yang berasal dari ${titleOf(other)}` }]} />
        </When>
        <When name="living" is={['new_household']} typed={typed}>
          <HomeFields typed={typed} errors={errors} when="Bila rumah tangga sendiri." />
          {household.regionCode !== other.regionCode && (
            <RadioGroup name="homeAt" label="Rumah tangga sendiri itu berada di" value={typed.homeAt ?? (comes ? 'other' : 'household')} error={errors.homeAt}
              options={[{ value: 'household', label: placeOf(household) }, { value: 'other', label: placeOf(other) }]} />
          )}
        </When>
      </Card>
      {!comes && <SuccessionFields {...props} />}
      {(!veiled || comes) && (
        <Card title={`Bila kepala pada rumah tangga ${titleOf(other)} yang pergi`}>
          <FieldRow>
            <MemberField name="otherNewHead" label="Kepala rumah tangga yang baru di sana" household={other} typed={typed} errors={errors} required={false} />
            <MemberField name="otherNewFamilyHead" label="Kepala keluarga yang baru di sana" household={other} typed={typed} errors={errors} required={false} />
          </FieldRow>
        </Card>
      )}
    </>
  )
}

const unmarried = ({ maritalStatus }: { maritalStatus?: unknown }) => maritalStatus !== 2
const placeOf = (home: FormHousehold) => home.places?.[0] ?? `Desa ${titleOf(home)}`
const titleOf = ({ headName, record }: FormHousehold) => headName ?? String(record.household.headName ?? '')

const NAMED_CARD = [{ value: 1, label: 'Keluarga yang nomornya Anda cari' }]

export const MemberMoveFields = (props: FormProps) => {
  const { other = props.household, veiled, typed, errors } = props
  return (
    <>
      <Movers {...props} legend="Anggota yang pindah" hint="Beri tanda pada yang pindah, lalu pilih hubungannya di rumah tangga yang menerima." toHead />
      <Card title="Kartu Keluarga di sana">
        <SelectField name="familySeq" label="Masuk ke keluarga" options={veiled ? NAMED_CARD : familiesOf(other)} blank="Keluarga sendiri dengan No KK di bawah" value={veiled && typed.familySeq ? 1 : typed.familySeq} error={errors.familySeq} />
        <KkField typed={typed} errors={errors} hint="Bila menjadi keluarga sendiri. Keluarga yang pindah utuh boleh tetap memakai nomornya." />
      </Card>
      <SuccessionFields {...props} />
    </>
  )
}

export const FamilySplitFields = (props: FormProps) => {
  const { typed, errors } = props
  return (
    <>
      <Movers {...props} legend="Anggota yang pisah KK" hint="Beri tanda pada yang masuk KK baru dan pilih hubungannya dengan kepala keluarga yang baru. Tepat satu orang menjadi kepala keluarga." toHead={false} />
      <Card title="KK yang baru">
        <KkField typed={typed} errors={errors} hint="16 angka pada kartu yang baru. Nomor KK lama tetap terbaca pada riwayat." required />
        <RadioGroup name="living" label="Sesudah pisah KK" value={typed.living ?? 'new_family'} error={errors.living} required
          options={[{ value: 'new_family', label: 'Tetap di rumah tangga ini' }, { value: 'new_household', label: 'Rumah tangga sendiri di desa ini', hint: 'Petugas akan mengunjungi rumah yang baru.' }]} />
        <When name="living" is={['new_household']} typed={typed}><HomeFields typed={typed} errors={errors} when="Bila rumah tangga sendiri." /></When>
      </Card>
      <SuccessionFields {...props} />
    </>
  )
}

export const FamilyMergeFields = (props: FormProps) => {
  const { household, other, typed, errors } = props
  if (other) {
    return (
      <>
        <Notice title="Yang terjadi bila ditetapkan"><p>Semua anggota {titleOf(household)} masuk ke rumah tangga {titleOf(other)} dengan Nomor KK masing-masing. Rumah tangga yang kosong menjadi nonaktif dengan alasan bergabung.</p></Notice>
        <Card title={`Hubungan dengan kepala rumah tangga ${titleOf(other)}`}>
          {membersOf(household).map(({ value, label }) => (
            <SelectField name={`relationToHead.${value}`} label={label} options={TO_HEAD.slice(1)} value={typed[`relationToHead.${value}`]} error={errors[`relationToHead.${value}`]} required />
          ))}
        </Card>
      </>
    )
  }
  return (
    <>
      <Card title="Dua keluarga menjadi satu">
        <FieldRow>
          <SelectField name="familySeq" label="Keluarga yang dilebur" options={familiesOf(household)} value={typed.familySeq} error={errors.familySeq} hint="Nomor KK-nya tidak dipakai lagi, tetapi tetap terbaca pada riwayat." required />
          <SelectField name="intoFamilySeq" label="Keluarga yang menerima" options={familiesOf(household)} value={typed.intoFamilySeq} error={errors.intoFamilySeq} required />
        </FieldRow>
      </Card>
      <Movers {...props} legend="Hubungan dengan kepala keluarga yang menerima" hint="Isi hanya untuk anggota keluarga yang dilebur." toHead={false} all />
    </>
  )
}

export const HouseholdMoveFields = ({ household, veiled, typed, errors }: FormProps) => (
  <Card title="Rumah yang baru">
    <HomeFields typed={typed} errors={errors} />
    {veiled && <KkField typed={typed} errors={errors} hint="Wajib bila asalnya kabupaten/kota lain." />}
    {household.record.families.map(({ familySeq, kkNumber }) => {
      const name = `kkNumber.${String(familySeq)}`
      return <TextField name={name} label={`Nomor KK baru keluarga ${String(familySeq)}`} inputmode="numeric" maxlength={16} width="medium" value={typed[name]} error={errors[name]}
        hint={`Wajib bila pindah ke kabupaten/kota lain. Nomor sekarang ${maskKk(kkNumber ? String(kkNumber) : null)} tetap terbaca pada riwayat.`} />
    })}
  </Card>
)
