-- The regional units (by the names of places/regional-units.csv) for whose people a centre is there.
create table centre_area (
    centre_id     varchar(32) not null references centre (id),
    regional_unit varchar(60) not null,
    primary key (centre_id, regional_unit)
);

insert into centre_area (centre_id, regional_unit) values
    ('kerkyra', 'Κέρκυρας'),
    ('korinthia', 'Κορινθίας'),
    ('magnisia', 'Μαγνησίας'),
    ('magnisia', 'Σποράδων'),
    ('chania', 'Χανίων'),
    ('fokida', 'Φωκίδας'),
    ('karditsa', 'Καρδίτσας'),
    ('ergani', 'Θεσσαλονίκης'),
    ('proskalo', 'Θεσσαλονίκης');

-- Those of Athens are there for all of Attica.
insert into centre_area (centre_id, regional_unit)
select c.id, u.name
from centre c
cross join (values ('Κεντρικού Τομέα Αθηνών'), ('Βόρειου Τομέα Αθηνών'), ('Δυτικού Τομέα Αθηνών'), ('Νότιου Τομέα Αθηνών'),
                   ('Πειραιώς'), ('Νήσων'), ('Ανατολικής Αττικής'), ('Δυτικής Αττικής')) as u (name)
where c.id in ('dock', 'eata', 'impacthub', 'koncept', 'higgs');
