import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partnerships', '0001_initial'),
        ('projects', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentText',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(default='Nederlands', editable=False, max_length=40, verbose_name='taal')),
                ('version', models.PositiveSmallIntegerField(editable=False, verbose_name='versie')),
                ('body', models.TextField(max_length=4000, verbose_name='de tekst')),
                ('card', models.JSONField(default=dict, editable=False)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('follows', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experiences.consenttext')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('written_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
            ],
            options={
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'language', 'version'), name='consent_text_version_once'), models.CheckConstraint(condition=models.Q(models.Q(('follows', None), ('language', 'Nederlands')), models.Q(('language', 'Nederlands'), _negated=True), _connector='OR'), name='consent_text_dutch_comes_first')],
            },
        ),
        migrations.CreateModel(
            name='Fragment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('heading', models.CharField(max_length=45, validators=[django.core.validators.MinLengthValidator(3)], verbose_name='kop')),
                ('text', models.TextField(max_length=1500, verbose_name='tekst')),
                ('may_quote', models.BooleanField(default=False, verbose_name='mag letterlijk worden aangehaald')),
                ('may_publish', models.BooleanField(default=False, verbose_name='mag openbaar worden')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('project', 'number'), name='fragment_number_once_per_round')],
            },
        ),
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('named_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member', verbose_name='wie')),
                ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'member'), name='helper_once_per_round')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAddresses',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('reach', models.TextField(blank=True, max_length=300, verbose_name='zo bereikt een verteller de raad')),
                ('urgent', models.TextField(max_length=600, verbose_name='er is nu hulp nodig')),
                ('nearby', models.TextField(max_length=700, verbose_name='hulp dichtbij')),
                ('complaint', models.TextField(max_length=600, verbose_name='een klacht')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'historical addresses',
                'verbose_name_plural': 'historical addressess',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalInterviewGuide',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('opening', models.TextField(max_length=700, verbose_name='beginnen')),
                ('questions', models.TextField(max_length=900, verbose_name='open vragen')),
                ('probing', models.TextField(max_length=700, verbose_name='doorvragen')),
                ('closing', models.TextField(max_length=700, verbose_name='afronden')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.partnership')),
                ('project', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.project')),
            ],
            options={
                'verbose_name': 'historical interview guide',
                'verbose_name_plural': 'historical interview guides',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalSeeking',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('plan', models.TextField(blank=True, max_length=2000, verbose_name='wat doen wij eraan?')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.partnership')),
                ('project', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.project')),
            ],
            options={
                'verbose_name': 'historical seeking',
                'verbose_name_plural': 'historical seekings',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(null=True)),
                ('number', models.PositiveSmallIntegerField(editable=False, verbose_name='gesprek')),
                ('held_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='wanneer was het gesprek?')),
                ('form', models.CharField(choices=[('together', 'samen aan tafel'), ('group', 'in een groepje'), ('phone', 'aan de telefoon of met beeld'), ('walk', 'onderweg, tijdens een wandeling')], default='together', max_length=10, verbose_name='hoe sprak u de verteller?')),
                ('place', models.CharField(choices=[('food_bank', 'Voedselbank'), ('neighbourhood', 'Buurthuis of wijkcentrum'), ('home', 'Bij iemand thuis'), ('library', 'Bibliotheek of school'), ('care', 'Zorg, opvang of dagbesteding'), ('faith', 'Kerk, moskee of vereniging'), ('counter', 'Bij een loket'), ('remote', 'Op afstand'), ('other', 'Ergens anders')], max_length=15, verbose_name='wat voor plek was het?')),
                ('approach', models.CharField(choices=[('person', 'Persoonlijk aangesproken'), ('somebody', 'Via iemand die de verteller kent'), ('came', 'De verteller kwam zelf'), ('mail', 'Alleen per post, mail of nieuwsbrief')], max_length=10, verbose_name='hoe kwam u bij deze verteller?')),
                ('began_at', models.TimeField(blank=True, null=True, verbose_name='hoe laat begon het?')),
                ('ended_at', models.TimeField(blank=True, null=True, verbose_name='hoe laat was het klaar?')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='of: hoeveel minuten ongeveer?')),
                ('declined', models.BooleanField(default=False, verbose_name='de verteller wilde niet meedoen')),
                ('nudge_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='waarom toch')),
                ('brought_new', models.BooleanField(editable=False, null=True, verbose_name='hoorde u iets nieuws')),
                ('finished_at', models.DateTimeField(editable=False, null=True)),
                ('finished_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('interviewers', models.ManyToManyField(related_name='+', to='partnerships.member', verbose_name='wie voerden het gesprek?')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='InterviewGuide',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('opening', models.TextField(max_length=700, verbose_name='beginnen')),
                ('questions', models.TextField(max_length=900, verbose_name='open vragen')),
                ('probing', models.TextField(max_length=700, verbose_name='doorvragen')),
                ('closing', models.TextField(max_length=700, verbose_name='afronden')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('project', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Listening',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('missed', models.TextField(max_length=1000, verbose_name='wie of wat misten wij')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project',), name='listening_once_per_round')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('teller_id', models.UUIDField(editable=False, null=True)),
                ('label', models.CharField(blank=True, editable=False, max_length=40)),
                ('what', models.CharField(choices=[('story', 'het verhaal'), ('contact', 'de contactgegevens'), ('round', 'alle verhalen van de ronde')], editable=False, max_length=10)),
                ('why', models.CharField(editable=False, max_length=60)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('until', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('project', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['partnership', '-at'], name='reading_by_table'), models.Index(fields=['teller_id', '-at'], name='reading_by_teller')],
            },
        ),
        migrations.CreateModel(
            name='Seeking',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('plan', models.TextField(blank=True, max_length=2000, verbose_name='wat doen wij eraan?')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('project', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SharedSpread',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('lines', models.JSONField(editable=False)),
                ('shared_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('project', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
                ('shared_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(null=True)),
                ('meaning', models.CharField(blank=True, choices=[('good', 'Goed'), ('bad', 'Niet goed'), ('mixed', 'Allebei')], max_length=6, verbose_name='hoe noemt de verteller dit zelf')),
                ('read_back', models.BooleanField(default=False, verbose_name='teruggelezen met de verteller')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('typed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('begun_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('interview', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.interview')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
            ],
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(null=True)),
                ('field', models.CharField(choices=[('happened', 'Wat gebeurde er?'), ('effect', 'Wat deed dat met de verteller?'), ('well', 'Wat ging er goed?'), ('badly', 'Wat ging er niet goed?'), ('different', 'Wat zou er anders moeten?')], editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('story', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.story')),
            ],
        ),
        migrations.CreateModel(
            name='FragmentDraft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(null=True)),
                ('status', models.CharField(choices=[('writing', 'In de maak'), ('ready', 'Wacht op een tweede lezer'), ('sent_back', 'Terug naar de schrijver'), ('approved', 'Nagekeken'), ('released', 'Vrijgegeven')], default='writing', editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('approved_at', models.DateTimeField(editable=False, null=True)),
                ('approved_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('approved_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('fragment', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='experiences.fragment')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('writers', models.ManyToManyField(editable=False, related_name='+', to='partnerships.member')),
                ('written_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('story', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.story')),
            ],
        ),
        migrations.CreateModel(
            name='Teller',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=8, verbose_name='code op de kaart')),
                ('whose', models.CharField(choices=[('client', 'van de cliënt zelf'), ('relative', 'van een naaste, over iemand anders'), ('own', 'van een lid van de raad zelf')], default='client', max_length=10, verbose_name='van wie is het verhaal')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('seen_at', models.DateTimeField(editable=False, null=True)),
                ('expired_at', models.DateTimeField(editable=False, null=True)),
                ('code_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='ronde')),
                ('seen_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('withdrawn_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'code'), name='teller_code_once_at_a_table'), models.CheckConstraint(condition=models.Q(models.Q(('seen_at__isnull', True), ('seen_by__isnull', True)), models.Q(('seen_at__isnull', False), ('seen_by__isnull', False)), _connector='OR'), name='teller_withdrawal_seen'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', False), ('withdrawn_by', None), _connector='OR'), name='teller_withdrawn_when')],
            },
        ),
        migrations.AddField(
            model_name='story',
            name='teller',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.teller'),
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('draft', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.fragmentdraft')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('teller', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.teller')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PassageVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(null=True)),
                ('number', models.PositiveIntegerField(editable=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('is_copy', models.BooleanField(default=False, editable=False)),
                ('settled_at', models.DateTimeField(editable=False, null=True)),
                ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('passage', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.passage')),
                ('settled_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('teller', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.teller')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_copy', False)), fields=('passage', 'number'), name='passage_version_once'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='passage_copy_settled')],
            },
        ),
        migrations.AddField(
            model_name='passage',
            name='teller',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.teller'),
        ),
        migrations.AddField(
            model_name='interview',
            name='teller',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.teller'),
        ),
        migrations.AddField(
            model_name='fragmentdraft',
            name='teller',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.teller'),
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(null=True)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('way', models.CharField(blank=True, choices=[('read', 'voorgelezen'), ('given', 'op papier gegeven'), ('posted', 'met de post gestuurd'), ('phoned', 'aan de telefoon verteld'), ('mailed', 'gemaild')], editable=False, max_length=10, verbose_name='hoe')),
                ('done_on', models.DateField(editable=False, null=True, verbose_name='wanneer')),
                ('done_at', models.DateTimeField(editable=False, null=True)),
                ('excused_at', models.DateTimeField(editable=False, null=True)),
                ('asked_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('done_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('excused_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('teller', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.teller')),
            ],
            options={
                'ordering': ['teller__code'],
                'constraints': [models.UniqueConstraint(fields=('teller',), name='feedback_once_per_teller'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True), ('done_on__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False), ('done_on__isnull', False)), _connector='OR'), name='feedback_done'), models.CheckConstraint(condition=models.Q(models.Q(('excused_at__isnull', True), ('excused_by__isnull', True)), models.Q(('excused_at__isnull', False), ('excused_by__isnull', False)), _connector='OR'), name='feedback_excused'), models.CheckConstraint(condition=models.Q(('done_at', None), ('excused_at', None), _connector='OR'), name='feedback_done_or_excused')],
            },
        ),
        migrations.CreateModel(
            name='ContactDetail',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(null=True)),
                ('purpose', models.CharField(choices=[('feedback', 'vertellen wat er met het verhaal is gedaan'), ('check', 'nalezen of het verhaal klopt'), ('question', 'nog iets vragen')], max_length=10, verbose_name='waarvoor')),
                ('delete_by', models.DateField(verbose_name='uiterlijk wissen op')),
                ('has_email', models.BooleanField(default=False, editable=False)),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('noted_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('teller', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.teller')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('teller',), name='contact_once_per_teller')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(null=True)),
                ('way', models.CharField(choices=[('spoken', 'mondeling'), ('written', 'schriftelijk'), ('recorded', 'op een opname')], max_length=10, verbose_name='hoe gaf de verteller toestemming')),
                ('given_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='wanneer')),
                ('may_analyse', models.BooleanField(default=False, verbose_name='Meenemen in de gesprekken met de gemeente, als kaartje')),
                ('may_quote', models.BooleanField(default=False, verbose_name='Letterlijk aanhalen')),
                ('may_publish', models.BooleanField(default=False, verbose_name='Openbaar maken')),
                ('may_call_back', models.BooleanField(default=False, verbose_name='Later terugbellen of schrijven')),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('noted_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experiences.consenttext', verbose_name='welke tekst las u voor')),
                ('teller', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.teller')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('teller',), name='consent_once_per_teller'), models.CheckConstraint(condition=models.Q(('may_analyse', True), models.Q(('may_publish', False), ('may_quote', False)), _connector='OR'), name='consent_quotes_need_analysis', violation_error_message='Aanhalen of openbaar maken kan alleen als het verhaal ook mee mag in de gesprekken.'), models.CheckConstraint(condition=models.Q(('may_quote', True), ('may_publish', False), _connector='OR'), name='consent_public_needs_quote', violation_error_message='Openbaar maken kan alleen als de verteller ook aangehaald wil worden.')],
            },
        ),
        migrations.CreateModel(
            name='TellerTraits',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(null=True)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('teller', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.teller')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('teller',), name='traits_once_per_teller')],
            },
        ),
        migrations.CreateModel(
            name='Terms',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('story_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='verhalen, na het sluiten van de ronde (maanden)')),
                ('consent_months', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(12), django.core.validators.MaxValueValidator(120)], verbose_name='wie toestemming gaf, na het sluiten van de ronde (maanden)')),
                ('reading_months', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(6), django.core.validators.MaxValueValidator(120)], verbose_name='wie las wat (maanden)')),
                ('invitation_days', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='gebruikte en verlopen uitnodigingen (dagen)')),
                ('device_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(7), django.core.validators.MaxValueValidator(60)], verbose_name='wat nog niet verstuurd is, op een apparaat (dagen)')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership',), name='terms_once_per_table')],
            },
        ),
        migrations.CreateModel(
            name='TimeEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('went_to', models.CharField(choices=[('clients', 'met cliënten'), ('municipality', 'met de gemeente'), ('papers', 'aan stukken')], max_length=12, verbose_name='waaraan')),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1, 'Vul ten minste één minuut in.'), django.core.validators.MaxValueValidator(720, 'Een dag heeft niet meer dan twaalf uur voor de raad. Kijk naar de minuten.')], verbose_name='minuten')),
                ('spent_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='wanneer')),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('noted_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['-spent_on', '-noted_at'],
                'indexes': [models.Index(fields=['partnership', 'spent_on'], name='time_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 720)), name='time_is_of_one_day')],
            },
        ),
        migrations.CreateModel(
            name='Trait',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40, verbose_name='kenmerk')),
                ('position', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('project', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('project', 'name'), name='trait_once_per_round')],
            },
        ),
        migrations.CreateModel(
            name='Band',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=40, verbose_name='groep')),
                ('position', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('trait', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='experiences.trait')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Warned',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind_due', models.CharField(editable=False, max_length=20)),
                ('day', models.DateField(editable=False)),
                ('told_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'kind_due', 'day'), name='warned_once')],
            },
        ),
        migrations.CreateModel(
            name='WrongCode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Addresses',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('reach', models.TextField(blank=True, max_length=300, verbose_name='zo bereikt een verteller de raad')),
                ('urgent', models.TextField(max_length=600, verbose_name='er is nu hulp nodig')),
                ('nearby', models.TextField(max_length=700, verbose_name='hulp dichtbij')),
                ('complaint', models.TextField(max_length=600, verbose_name='een klacht')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership',), name='addresses_once_per_table')],
            },
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.UniqueConstraint(fields=('interview',), name='story_once_per_interview'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.UniqueConstraint(fields=('story', 'field'), name='passage_once_per_story'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.UniqueConstraint(fields=('teller',), name='interview_once_per_teller'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.UniqueConstraint(fields=('project', 'number'), name='interview_number_once_per_round'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('finished_by__isnull', True)), models.Q(('finished_at__isnull', False), ('finished_by__isnull', False)), _connector='OR'), name='interview_finished'),
        ),
        migrations.AddConstraint(
            model_name='fragmentdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='draft_approved'),
        ),
        migrations.AddConstraint(
            model_name='fragmentdraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['approved', 'released']), _negated=True), ('approved_at__isnull', False), _connector='OR'), name='draft_crosses_after_approval'),
        ),
    ]
