using System.Text;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Scoping.Grid;
using Delegation.ServiceDefaults.Errors;
using Category = Delegation.Delivery.V1.GuaranteeLine.Types.Category;
using Mode = Delegation.Delivery.V1.GuaranteeLine.Types.Mode;

namespace Delegation.ProjectDelivery.Tests.Scoping;

public sealed class Guarantee_grids_as_files
{
    private const string French =
        """
        Code;Niveau;Poste;Libellé;Panier;Mode;Taux;Forfait;Plafond;Période;Base;Taux AMO
        CONS;Confort;Soins courants;"Consultation ; généraliste";;BRSS avec AMO;200 %;;;;30,00 €;70 %
        PRO-SR;Confort;Dentaire;Couronne à tarif plafonné;100 % Santé;sans reste;;;500,00;acte;120;60
        CHAMBRE;Confort;Hospitalisation;Chambre particulière;;forfait;;1 060,50;;jour;0;0
        ;;;;;;;;;;;

        """;

    [Fact]
    public void What_a_French_spreadsheet_writes_is_read_in_both_of_its_encodings()
    {
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(French.Replace("\n", "\r\n", StringComparison.Ordinal));
        foreach (var file in new[] { Encoding.UTF8.GetBytes(French), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(French)], windows })
        {
            var lines = Read(file);

            Assert.Equal(["CONS", "PRO-SR", "CHAMBRE"], lines.Select(line => line.Code));
            Assert.Equal(("Consultation ; généraliste", Category.RoutineCare, Mode.BaseIncludingAmo), (lines[0].Label, lines[0].Category, lines[0].Mode));
            Assert.Equal((2_000_000, 3000, 700_000), (lines[0].RatePpm, lines[0].Base.MinorUnits, lines[0].AmoRatePpm));
            Assert.Equal((GuaranteeLine.Types.Basket.NoRemainder, 500_00), (lines[1].Basket, lines[1].Cap.MinorUnits));
            Assert.Equal((1060_50, GuaranteeLine.Types.Period.Day, "Chambre particulière"), (lines[2].Amount.MinorUnits, lines[2].Period, lines[2].Label));
        }
    }

    [Theory]
    [InlineData("code,level,category,label,mode,rate,base,amo_rate\nA,L1,ROUTINE_CARE,Visit,BASE_ON_TOP,\"62,5 %\",\"1 030,00\",70")]
    [InlineData("code\tlevel\tcategory\tlabel\tmode\trate\tbase\tamo_rate\nA\tL1\tRoutineCare\tVisit\tbase on top\t62.5\t1030.00\t70%")]
    [InlineData("sep=;\ncode;level;category;label;mode;rate;base;amo_rate\nA;L1;soins_courants;Visit;BRSS_EN_PLUS;62,5;1\u202F030;70")]
    public void Commas_tabs_and_English_names_are_read_too(string file)
    {
        var line = Assert.Single(Read(Encoding.UTF8.GetBytes(file)));

        Assert.Equal((Category.RoutineCare, Mode.BaseOnTop, 625_000, 1030_00, 700_000), (line.Category, line.Mode, line.RatePpm, line.Base.MinorUnits, line.AmoRatePpm));
    }

    [Theory]
    [InlineData("taux", "deux cents", "CELL_MALFORMED")]
    [InlineData("taux", "0,7", "CELL_OUT_OF_RANGE")]
    [InlineData("taux", "-200 %", "CELL_OUT_OF_RANGE")]
    [InlineData("taux", "", "CELL_REQUIRED")]
    [InlineData("base", "1.234.567", "CELL_MALFORMED")]
    [InlineData("base", "12,345", "CELL_MALFORMED")]
    [InlineData("base", "-30", "CELL_OUT_OF_RANGE")]
    [InlineData("base", "0", "CELL_REQUIRED")]
    [InlineData("taux_amo", "101", "CELL_OUT_OF_RANGE")]
    [InlineData("libelle", "=HYPERLINK(\"\"x\"\")", "CELL_IS_FORMULA")]
    [InlineData("libelle", "@SUM(A1)", "CELL_IS_FORMULA")]
    [InlineData("libelle", "+33 1", "CELL_IS_FORMULA")]
    [InlineData("libelle", "-1+1", "CELL_IS_FORMULA")]
    [InlineData("libelle", "a\u0007b", "CELL_INVISIBLE_CHARACTER")]
    [InlineData("libelle", "a\nb", "CELL_INVISIBLE_CHARACTER")]
    [InlineData("libelle", "", "CELL_REQUIRED")]
    [InlineData("niveau", "Un niveau dont le nom est beaucoup trop long", "CELL_TOO_LONG")]
    [InlineData("code", "A/B", "CELL_MALFORMED")]
    [InlineData("code", "../../etc", "CELL_MALFORMED")]
    [InlineData("poste", "SOINS", "CELL_CODE_UNKNOWN")]
    [InlineData("mode", "MAGIQUE", "CELL_CODE_UNKNOWN")]
    [InlineData("panier", "LIBRE", "CELL_NOT_FOR_CATEGORY")]
    [InlineData("forfait", "10", "CELL_NOT_FOR_MODE")]
    [InlineData("forfait", "dix", "CELL_MALFORMED")]
    [InlineData("periode", "SIECLE", "CELL_CODE_UNKNOWN")]
    public void Each_wrong_cell_is_named_by_line_and_column_with_what_to_do(string column, string value, string reason)
    {
        var good = new Dictionary<string, string>
        {
            ["code"] = "CONS", ["niveau"] = "Confort", ["poste"] = "SOINS_COURANTS", ["libelle"] = "Consultation", ["panier"] = "", ["mode"] = "BRSS_AVEC_AMO",
            ["taux"] = "200 %", ["forfait"] = "", ["plafond"] = "", ["periode"] = "", ["base"] = "30", ["taux_amo"] = "70 %",
        };
        Assert.Single(Read(File(good)));

        var bad = new Dictionary<string, string>(good) { [column] = $"\"{value}\"" };
        var violation = Assert.Single(Violations(File(good, bad)), violation => violation.Reason == reason);

        Assert.Equal($"file.lines[3].{column}", violation.Field);
        Assert.StartsWith($"Line 3, column {column}: ", violation.Description.English, StringComparison.Ordinal);
        Assert.StartsWith($"Ligne 3, colonne {column} : ", violation.Description.French, StringComparison.Ordinal);
        Assert.NotEmpty(violation.Remedy!.English);
        Assert.NotEqual(violation.Remedy.English, violation.Remedy.French);
    }

    [Fact]
    public void The_file_as_a_whole_is_refused_where_it_is_no_whole_grid()
    {
        const string Head = "code;niveau;poste;libelle;mode;taux;base;taux_amo\n";
        const string Line = "A;L;SOINS_COURANTS;Acte;TICKET_MODERATEUR;;30;70\n";

        Assert.Equal(["FILE_EMPTY"], Reasons([]));
        Assert.Equal(["FILE_EMPTY"], Reasons(" \r\n"u8.ToArray()));
        Assert.Equal(["FILE_TOO_LARGE"], Reasons(new byte[GridText.LargestFile + 1]));
        Assert.Equal(["FILE_IS_SPREADSHEET"], Reasons([0x50, 0x4B, 0x03, 0x04, 1, 2]));
        Assert.Equal(["FILE_IS_NOT_TEXT"], Reasons(Encoding.Unicode.GetPreamble()));
        Assert.Equal(["FILE_IS_NOT_TEXT"], Reasons([65, 0, 66]));
        Assert.Equal(["NO_LINES"], Reasons(Encoding.UTF8.GetBytes(Head)));
        Assert.Equal(["LINE_TWICE"], Reasons(Encoding.UTF8.GetBytes(Head + Line + Line)));
        Assert.Equal(["CELL_COUNT_DIFFERS"], Reasons(Encoding.UTF8.GetBytes(Head + Line + "B;L;SOINS_COU")));
        Assert.Contains("QUOTES_DIFFER", Reasons(Encoding.UTF8.GetBytes(Head + Line + "B;L;SOINS_COURANTS;\"Act")));
        Assert.Equal(["COLUMN_UNKNOWN", "COLUMN_MISSING"], Reasons(Encoding.UTF8.GetBytes((Head + Line).Replace("poste", "rayon", StringComparison.Ordinal))));
        Assert.Equal(["COLUMN_TWICE", "COLUMN_MISSING"], Reasons(Encoding.UTF8.GetBytes((Head + Line).Replace("poste", "code", StringComparison.Ordinal))));
        Assert.Equal(["TOO_MANY_LINES"], Reasons(Encoding.UTF8.GetBytes(Head + string.Concat(Enumerable.Range(0, GridFile.MostLines + 1).Select(number => $"C{number}" + Line[1..])))));
        Assert.Equal(GridFile.MostLines, Read(Encoding.UTF8.GetBytes(Head + string.Concat(Enumerable.Range(0, GridFile.MostLines).Select(number => $"C{number}" + Line[1..])))).Count);
    }

    [Fact]
    public void More_than_a_hundred_wrong_cells_are_told_in_part_and_said_so()
    {
        var file = "code;niveau;poste;libelle;mode;base;taux_amo\n" + string.Concat(Enumerable.Range(0, 500).Select(number => $"C{number};L;RIEN;Acte;TICKET_MODERATEUR;30;70\n"));

        var reasons = Reasons(Encoding.UTF8.GetBytes(file));

        Assert.Equal(101, reasons.Count);
        Assert.Equal("TOO_MANY_VIOLATIONS", reasons[^1]);
    }

    private static byte[] File(params Dictionary<string, string>[] lines) => Encoding.UTF8.GetBytes(
        string.Join(';', lines[0].Keys) + "\n" + string.Concat(lines.Select((line, place) => string.Join(';', line.Select(cell => cell.Key == "code" && place == 1 && cell.Value == "CONS" ? "CONS2" : cell.Value)) + "\n")));

    private static IReadOnlyList<GuaranteeLine> Read(byte[] file)
    {
        var violations = new List<FieldViolation>();
        var lines = GridFile.Read(file, violations);
        Assert.True(lines is not null, string.Join('\n', violations));
        return lines;
    }

    private static List<FieldViolation> Violations(byte[] file)
    {
        var violations = new List<FieldViolation>();
        Assert.Null(GridFile.Read(file, violations));
        return violations;
    }

    private static List<string> Reasons(byte[] file) => [.. Violations(file).Select(violation => violation.Reason)];
}
