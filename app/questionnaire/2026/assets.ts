import type { Question } from '#app/questionnaire/types.ts'

export const ASSETS: Question[] = [
  {
    key: 'hasGasCylinder', number: '501a', label: 'Tabung gas 5,5 kg atau lebih', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_tabung_gas', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'hasFridge', number: '501b', label: 'Lemari es/kulkas', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_lemari_es', legacyYesNo: [3, 4], source: 'S2',
  },
  {
    key: 'hasAc', number: '501c', label: 'AC', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_ac', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'hasWaterHeater', number: '501d', label: 'Pemanas air (water heater)', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_pemanas', legacyYesNo: [3, 4], source: 'S2',
  },
  {
    key: 'hasLandline', number: '501e', label: 'Telepon rumah (PSTN)', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_telepon', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'hasTv', number: '501f', label: 'Televisi', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_tv', legacyYesNo: [3, 4], source: 'S2',
  },
  {
    key: 'hasGold', number: '501g', label: 'Emas/perhiasan & tabungan (senilai 10 gram emas)', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_emas', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'hasComputer', number: '501h', label: 'Komputer/laptop', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_laptop', legacyYesNo: [3, 4], source: 'S2',
  },
  {
    key: 'hasBicycle', number: '501i', label: 'Sepeda', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_sepeda', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'hasMotorcycle', number: '501j', label: 'Sepeda motor', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_motor', legacyYesNo: [3, 4], source: 'S2',
  },
  {
    key: 'hasCar', number: '501k', label: 'Mobil', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_mobil', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'hasBoat', number: '501l', label: 'Perahu', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_perahu', legacyYesNo: [3, 4], source: 'S2',
  },
  {
    key: 'hasOutboardMotor', number: '501m', label: 'Motor tempel', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_motor_tempel', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'hasMotorboat', number: '501n', label: 'Perahu motor', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_perahu_motor', legacyYesNo: [3, 4], source: 'S2',
  },
  {
    key: 'hasShip', number: '501o', label: 'Kapal', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'ada_kapal', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'hasLand', number: '502a', label: 'Aset tidak bergerak: lahan', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'aset_tak_bergerak', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'landAreaM2', number: '502a2', label: 'Luas lahan (m2)', type: 'decimal', roster: 'household', required: true, min: 1,
    askedWhen: [{ key: 'hasLand', in: [true] }],
    legacyKey: 'luas_atb', source: 'S2',
  },
  {
    key: 'hasOtherHouse', number: '502b', label: 'Aset tidak bergerak: rumah di tempat lain', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'rumah_lain', legacyYesNo: [3, 4], source: 'S2',
  },
  {
    key: 'cattleCount', number: '503a', label: 'Jumlah ternak (ekor): Sapi', type: 'integer', roster: 'household', required: true, min: 0, max: 999,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'jumlah_sapi', source: 'S2',
  },
  {
    key: 'buffaloCount', number: '503b', label: 'Jumlah ternak (ekor): Kerbau', type: 'integer', roster: 'household', required: true, min: 0, max: 999,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'jumlah_kerbau', source: 'S2',
  },
  {
    key: 'horseCount', number: '503c', label: 'Jumlah ternak (ekor): Kuda', type: 'integer', roster: 'household', required: true, min: 0, max: 999,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'jumlah_kuda', source: 'S2',
  },
  {
    key: 'pigCount', number: '503d', label: 'Jumlah ternak (ekor): Babi', type: 'integer', roster: 'household', required: true, min: 0, max: 999,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'jumlah_babi', source: 'S2',
  },
  {
    key: 'goatSheepCount', number: '503e', label: 'Jumlah ternak (ekor): Kambing/domba', type: 'integer', roster: 'household', required: true, min: 0, max: 999,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'jumlah_kambing', source: 'S2',
  },
  {
    key: 'anyMemberHasBusiness', number: '504', label: 'Apakah ada ART yang memiliki usaha sendiri/bersama?', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'status_art_usaha', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'progKks', number: '505a', label: 'Kartu Keluarga Sejahtera (KKS)/Kartu Perlindungan Sosial (KPS)', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'status_kks', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'progKip', number: '505b', label: 'Kartu Indonesia Pintar (KIP)/Bantuan Siswa Miskin (BSM)', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'status_kip', legacyYesNo: [3, 4], source: 'S2',
  },
  {
    key: 'progKis', number: '505c', label: 'Kartu Indonesia Sehat (KIS)/BPJS Kesehatan/Jamkesmas', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'status_kis', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'progBpjsMandiri', number: '505d', label: 'BPJS Kesehatan peserta mandiri', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'status_bpjs_mandiri', legacyYesNo: [3, 4], source: 'S2',
  },
  {
    key: 'progJamsostek', number: '505e', label: 'Jamsostek/BPJS Ketenagakerjaan', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'status_jamsostek', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'progOtherInsurance', number: '505f', label: 'Asuransi kesehatan lainnya', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'status_asuransi', legacyYesNo: [3, 4], source: 'S2',
  },
  {
    key: 'progPkh', number: '505g', label: 'Program Keluarga Harapan (PKH)', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'status_pkh', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'progRastra', number: '505h', label: 'Beras untuk orang miskin (Raskin/Rastra)', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'status_rastra', legacyYesNo: [3, 4], source: 'S2',
  },
  {
    key: 'progKur', number: '505i', label: 'Kredit Usaha Rakyat (KUR)', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'status_kur', legacyYesNo: [1, 2], source: 'S2',
  },
]
