using System.Text;
using System.Text.Json.Nodes;

namespace Delegation.Platform.Tests.Stories;

/// <summary>What both sides do to bring a project from one phase to the next.</summary>
internal static class ProjectSteps
{
    /// <summary>The five questions of the scoping.</summary>
    public static readonly string[] Questions = ["GUARANTEE_GRID", "TAKE_OVER", "REPORTS", "THIRD_PARTY_SEGMENTS", "DIGITAL_FUNCTIONS"];

    private const string Grid = """
        code;niveau;poste;libelle;mode;taux;forfait;plafond;base;taux_amo
        CONS;Confort;SOINS_COURANTS;Consultation généraliste;BRSS_AVEC_AMO;200 %;;;30;70 %
        CHAMBRE;Confort;HOSPITALISATION;Chambre particulière;FORFAIT;;60;;0;0
        """;

    /// <summary>Where a project is.</summary>
    public static string Of(string project) => $"/v1/projects/{project}";

    /// <summary>What needs both sides, each on the object as it then is.</summary>
    public static async Task<Answer> BothAsync(this TwoParties parties, string path, string verb, object? body = null)
    {
        (await parties.Insurer.ActAsync(path, verb, body)).Ok();
        return (await parties.Delegate.ActAsync(path, verb, body)).Ok();
    }

    /// <summary>One side passes a gate on the evidence that it reads.</summary>
    public static async Task<Answer> PassGateAsync(this Party party, string project, string gate)
    {
        var read = (await party.GetAsync($"{Of(project)}/gate?gate={gate}")).Ok();
        return await party.PostAsync($"{Of(project)}/gate:pass", new { gate }, read.Etag);
    }

    /// <summary>Both pass a gate; nothing has happened until the second does.</summary>
    public static async Task PassGateAsync(this TwoParties parties, string project, string gate)
    {
        Assert.Equal("PENDING", (await parties.Insurer.PassGateAsync(project, gate)).Ok().Text("state"));
        Assert.Equal("PASSED", (await parties.Delegate.PassGateAsync(project, gate)).Ok().Text("state"));
    }

    /// <summary>The codes of a gate's criteria that are in a state.</summary>
    public static async Task<IReadOnlyList<string>> CriteriaAsync(this Party party, string project, string gate, string state = "UNMET") =>
        [.. (await party.GetAsync($"{Of(project)}/gate?gate={gate}")).Ok().List("criteria").Where(criterion => (string)criterion["state"]! == state).Select(criterion => (string)criterion["code"]!)];

    /// <summary>Both agree to go on for a month without what a gate still asks for, and pass it: the story is about what comes after.</summary>
    public static async Task PassGateWithOverridesAsync(this TwoParties parties, string project, string gate)
    {
        foreach (var criterion in await parties.Insurer.CriteriaAsync(project, gate))
        {
            var proposed = await parties.Insurer.ProposeOverrideAsync(project, gate, criterion);
            (await parties.Delegate.ActAsync($"{Of(project)}/overrides/{proposed.Ok().Text("id")}", "confirm")).Ok();
        }

        await parties.PassGateAsync(project, gate);
    }

    /// <summary>One side proposes to go on for a month without a criterion.</summary>
    public static Task<Answer> ProposeOverrideAsync(this Party party, string project, string gate, string criterion) => party.PostAsync(
        $"{Of(project)}/overrides", new { gate, criterion, reason = "Traité en parallèle.", endDay = TwoParties.Day(30) });

    /// <summary>The file of a guarantee grid, with the rate of its first line as given.</summary>
    public static Task<Answer> SendGridAsync(this Party party, string project, string rate = "200 %") => party.SendFileAsync(
        $"{Of(project)}/guarantee-grid?fileName=grille.csv", Encoding.UTF8.GetBytes(Grid.Replace("200 %", rate, StringComparison.Ordinal)), "text/csv");

    /// <summary>The delegate proposes an answer to each of the five questions.</summary>
    public static async Task ProposeAnswersAsync(this TwoParties parties, string project)
    {
        (await parties.Delegate.SendGridAsync(project)).Ok();
        foreach (var answer in new[]
        {
            """{ "takeOver": { "parts": [{ "code": "BENEF", "category": "BENEFICIARIES", "title": "Bénéficiaires", "source": "Ancien délégataire", "itemCount": "12000", "personalData": true }] } }""",
            """
            { "reports": { "reports": [{ "code": "OPE-M", "title": "Tableau de bord opérationnel", "kind": "OPERATIONAL", "periodicity": "EACH_MONTH", "dueDays": 10, "format": "CSV", "recipient": "Pilotage" },
              { "code": "TEC-T", "title": "Rapport technique", "kind": "TECHNICAL", "periodicity": "EACH_QUARTER", "dueDays": 30, "format": "XLSX", "recipient": "Actuariat" }] } }
            """,
            """{ "segments": { "segments": [{ "segment": "SEGMENT_PHARMACY", "operator": "Opérateur de tiers payant" }] } }""",
            """{ "functions": { "functions": [{ "code": "DEVIS", "title": "Devis dentaire", "audience": "MEMBERS" }] } }""",
        })
        {
            (await parties.Delegate.PostAsync($"{Of(project)}/scoping-answers", JsonNode.Parse(answer)!)).Ok();
        }
    }

    /// <summary>A side validates the answers to the five questions as they are.</summary>
    public static async Task ValidateAnswersAsync(this Party party, string project)
    {
        foreach (var question in Questions)
        {
            (await party.ActAsync($"{Of(project)}/scoping-answers/{question}", "validate")).Ok();
        }
    }

    /// <summary>What a project has of a kind, as <c>deliverables</c>.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ItemsAsync(this Party party, string project, string path, string list) =>
        (await party.GetAsync($"{Of(project)}/{path}?pageSize=200")).Ok().List(list);
}
