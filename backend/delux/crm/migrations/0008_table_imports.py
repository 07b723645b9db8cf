from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0007_exports'),
    ]

    operations = [
        # The table keeps its name: what runs while this is applied goes on reading and writing it.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel('GoodsImport', 'TableImport'),
                migrations.AlterModelTable('TableImport', 'crm_goodsimport'),
            ],
        ),
        migrations.AddField(
            model_name='tableimport',
            name='kind',
            field=models.CharField(choices=[('goods', 'Goods'), ('customers', 'Tags and notes of customers')], db_default='goods', default='goods', max_length=10),
        ),
    ]
