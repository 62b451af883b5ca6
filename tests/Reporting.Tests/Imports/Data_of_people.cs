using System.Text;
using Delegation.Reporting.Imports;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Reporting.Tests.Imports;

public sealed class Data_of_people
{
    [Theory]
    [InlineData("NIR", "Nir")]
    [InlineData("N° Sécurité sociale", "Nir")]
    [InlineData("num_secu", "Nir")]
    [InlineData("Nom", "Name")]
    [InlineData("PRÉNOM assuré", "Name")]
    [InlineData("Last name", "Name")]
    [InlineData("E-mail", "Email")]
    [InlineData("adresse_mail", "Email")]
    [InlineData("Tél.", "Phone")]
    [InlineData("IBAN", "Bank")]
    [InlineData("Compte bancaire", "Bank")]
    [InlineData("Nombre", null)]
    [InlineData("Référence dossier", null)]
    [InlineData("Dénomination", null)]
    [InlineData("Nature", null)]
    public void Headers_give_them_away(string header, string? kind) => Assert.Equal(kind, PersonalData.OfHeader(header)?.ToString());

    // The numbers are made up, with right check digits.
    [Theory]
    [InlineData("255081416802538", "Nir", true)]
    [InlineData("2 55 08 14 168 025 38", "Nir", true)]
    [InlineData("1 85 05 2A 001 001 74", "Nir", true)]
    [InlineData("2550814168025", "Nir", false)]
    [InlineData("FR76 3000 6000 0112 3456 7890 189", "Bank", true)]
    [InlineData("GB82WEST12345698765432", "Bank", true)]
    [InlineData("quelqu.un@exemple.fr", "Email", true)]
    [InlineData("06 12 34 56 78", "Phone", false)]
    [InlineData("+33 6 12 34 56 78", "Phone", false)]
    [InlineData("Mme Petit", "Name", false)]
    [InlineData("DURAND Marie-Claire", "Name", false)]
    [InlineData("255081416802539", null, false)]
    [InlineData("FR7630006000011234567890188", null, false)]
    [InlineData("2026-04-02", null, false)]
    [InlineData("02/04/2026 14:30", null, false)]
    [InlineData("DOS-2026-000123", null, false)]
    [InlineData("0000012345", null, false)]
    [InlineData("prise en charge", null, false)]
    [InlineData("a@b", null, false)]
    public void Values_give_them_away(string value, string? kind, bool certain)
    {
        var found = PersonalData.OfValue(value);

        Assert.Equal((kind, certain), (found?.Kind.ToString(), found?.Certain ?? false));
    }

    [Fact]
    public void A_column_is_told_by_a_share_of_its_values_that_chance_does_not_make()
    {
        Assert.Equal(PersonalKind.Nir, Found([.. Enumerable.Repeat("255081416802538", 1), .. Enumerable.Repeat("REF", 19)]));
        Assert.Null(Found([.. Enumerable.Repeat("255081416802538", 1), .. Enumerable.Repeat("REF", 20)]));
        Assert.Equal(PersonalKind.Phone, Found(["0612345678", "REF"]));
        Assert.Null(Found(["0612345678", "REF", "REF"]));
        Assert.Equal(PersonalKind.Name, Found(["Mme Petit", "", ""]));
        Assert.Null(Found(["", ""]));
    }

    [Fact]
    public void Numbers_that_count_files_are_taken_for_nothing_of_people()
    {
        foreach (var length in new[] { 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20 })
        {
            var random = new Random(length);
            Assert.Null(Found([.. Enumerable.Range(0, 2000).Select(_ => string.Concat(Enumerable.Range(0, length).Select(_ => random.Next(10))))]));
        }
    }

    [Fact]
    public void No_text_makes_it_fail() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => PersonalData.OfValue(text ?? "") is null || text!.Length >= 5).QuickCheckThrowOnFailure();

    // Of cells the digits are counted first; texts are looked at whole.
    [Fact]
    public void A_cell_looks_like_what_its_text_looks_like()
    {
        var digits = Gen.Elements([.. "0123456789"]);
        var others = Gen.Elements([.. "AFR2x @.-+/_é\u00a0"]);
        var texts = from mostly in Gen.Elements(1, 4, 30) from length in Gen.Choose(0, 40) from all in Gen.Frequency((mostly, digits), (1, others)).ArrayOf(length) select new string(all);
        var names = from first in Gen.Elements("Jean", "Zoé", "M", "x1") from gap in Gen.Elements(" ", "-", "  ", "\t", ".") from last in Gen.Elements("Dupont", "Noël", "") select $"{first}{gap}{last}";
        var known = Gen.Elements("1 85 05 78 006 084 91", "FR76 3000 6000 0112 3456 7890 189", "06 12 34 56 78", "+33 6 12 34 56 78", "a@b.fr", "185057800608491", "2A04");

        Prop.ForAll(Gen.Frequency((8, texts), (2, names), (1, known)).ToArbitrary(), text => PersonalData.OfValue(Encoding.UTF8.GetBytes(text)) == PersonalData.OfValue(text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    private static PersonalKind? Found(string[] values)
    {
        var watch = new ColumnWatch(2);
        var records = new CsvReader(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(values.Select(value => $"x;{value}\n")))), ';');
        while (records.ReadAsync(default).AsTask().GetAwaiter().GetResult())
            watch.Look(records);
        Assert.Null(watch.Found(0));
        return watch.Found(1);
    }
}
