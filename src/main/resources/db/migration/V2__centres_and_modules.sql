-- The support centres of the workshop of November 2019, formal and informal, and the training's modules with their default hours.
insert into centre (id, code, name, name_en, region, kind) values
    ('kerkyra',   'KER', 'Κέντρο Στήριξης Κ.ΑΛ.Ο. Κέρκυρας', 'SSE Support Centre of Corfu', 'Ιόνια Νησιά', 'FORMAL'),
    ('korinthia', 'KOR', 'Κέντρο Στήριξης Κ.ΑΛ.Ο. Κορινθίας', 'SSE Support Centre of Corinthia', 'Πελοπόννησος', 'FORMAL'),
    ('magnisia',  'MAG', 'Κέντρο Στήριξης Κ.ΑΛ.Ο. Μαγνησίας', 'SSE Support Centre of Magnesia', 'Θεσσαλία', 'FORMAL'),
    ('chania',    'CHA', 'Κέντρο Στήριξης Κ.ΑΛ.Ο. Χανίων', 'SSE Support Centre of Chania', 'Κρήτη', 'FORMAL'),
    ('fokida',    'FOK', 'Κέντρο Στήριξης Κ.ΑΛ.Ο. Φωκίδας', 'SSE Support Centre of Phocis', 'Στερεά Ελλάδα', 'FORMAL'),
    ('dock',      'DOC', 'Dock, Κέντρο Στήριξης Κ.ΑΛ.Ο. Αθήνας', 'Dock, SSE Support Centre of Athens', 'Αττική', 'FORMAL'),
    ('karditsa',  'KAR', 'Αναπτυξιακή Καρδίτσας', 'Development Agency of Karditsa', 'Θεσσαλία', 'INFORMAL'),
    ('ergani',    'ERG', 'Κέντρο Στήριξης Γυναικών ΕΡΓΑΝΗ', 'ERGANI Women''s Support Centre', 'Κεντρική Μακεδονία', 'INFORMAL'),
    ('eata',      'EAT', '«Επιχειρώ Κοινωνικά» (ΕΑΤΑ)', 'Epicheiro Koinonika (EATA)', 'Αττική', 'INFORMAL'),
    ('impacthub', 'IMP', 'Impact Hub Athens', 'Impact Hub Athens', 'Αττική', 'INFORMAL'),
    ('proskalo',  'PRO', 'ΠΡΩΣΚΑΛΟ', 'PROSKALO', 'Κεντρική Μακεδονία', 'INFORMAL'),
    ('koncept',   'KON', 'Κοιν.Σ.Επ. «Κοινωνικό και Αλληλέγγυο Κονσεπτ»', 'Social and Solidarity Concept', 'Αττική', 'INFORMAL'),
    ('higgs',     'HIG', 'Higgs', 'Higgs', 'Αττική', 'INFORMAL');

insert into training_module (module_key, name, hours) values
    ('kalo',       'Κ.ΑΛ.Ο. και συνεργατισμός', 4),
    ('team',       'Ομάδα και διακυβέρνηση', 4),
    ('problem',    'Πρόβλημα και ωφελούμενοι', 4),
    ('canvas',     'Κοινωνικός καμβάς', 4),
    ('market',     'Αγορά και τιμολόγηση', 6),
    ('operations', 'Λειτουργία και στελέχωση', 4),
    ('finance',    'Οικονομικά και τριετείς ταμειακές ροές', 6),
    ('legal',      'Νομικές μορφές, φορολογία και εργασία', 4),
    ('impact',     'Κοινωνικός αντίκτυπος', 2),
    ('funding',    'Χρηματοδότηση και παρουσίαση', 2);
