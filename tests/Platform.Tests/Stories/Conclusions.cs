using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Delegation.Platform.Tests.Stories;

/// <summary>What both sides do to conclude the standard contract, from the annexes to the signatures.</summary>
internal static class Conclusions
{
    private static readonly string[] Annexes = ["SERVICE_LEVEL_AGREEMENT", "CYBERSECURITY_POLICY", "CSR_CHARTER", "BUSINESS_CONTINUITY_PLAN"];

    private static readonly string[] Departments = ["LEGAL", "PURCHASING", "OPERATIONS", "COMPLIANCE"];

    /// <summary>
    /// A contract in force from a day on that renews itself, with a notice of 6 months of the insurer and of 12 of the delegate, 6 of transition and 27 of run-off; where it is.
    /// </summary>
    public static async Task<string> ConcludeContractAsync(this TwoParties parties, string day)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        await parties.ValidateScopeAsync();
        foreach (var kind in Annexes)
        {
            await parties.ApproveAnnexAsync(kind, day);
        }

        await parties.AnswerOnRegimesAsync();
        var clauses = (await insurer.GetAsync("/v1/clauses")).Ok().List("clauses");
        var blanks = clauses.SelectMany(clause => Regex.Matches((string)clause["wording"]!, "{{([a-z_]+)}}")).Select(blank => blank.Groups[1].Value).Distinct();
        var draft = (await insurer.PostAsync($"{parties.Path}/contracts", new
        {
            terms = new
            {
                title = "Contrat de délégation de gestion",
                effectiveDay = day,
                reviewDays = 10,
                duration = new { termMonths = 36, renewalMonths = 12, noticeMonthsInsurer = 6, noticeMonthsDelegate = 12, noticeMonthsCause = 1, transitionMonths = 6, runOffMonths = 27 },
            },
            standard = new { values = blanks.Select(blank => new { name = blank, value = "30" }) },
        })).Ok();
        var contract = $"{parties.Path}/contracts/{draft.Text("id")}";
        (await insurer.ActAsync(contract, "open")).Ok();
        await parties.ProveAsync(contract, day);
        await parties.ApproveClausesAsync(contract);

        var issued = (await insurer.ActAsync(contract, "issue")).Ok();
        var documentSha256 = issued.Text("conclusion", "documentSha256");
        (await insurer.PostAsync($"{contract}:sign", new { documentSha256 })).Ok();
        Assert.Equal("STATE_IN_FORCE", (await delegated.PostAsync($"{contract}:sign", new { documentSha256 })).Ok().Text("state"));
        return contract;
    }

    private static async Task ApproveAnnexAsync(this TwoParties parties, string kind, string dueDay)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var annex = (await insurer.PostAsync($"{parties.Path}/annexes", new { kind, provider = "SIDE_DELEGATE", dueDay })).Ok();
        var versions = $"{parties.Path}/annexes/{annex.Text("id")}/versions";
        var uploaded = (await delegated.UploadAsync(versions, "annexe.pdf", Encoding.ASCII.GetBytes($"%PDF-1.7\n{kind}\n%%EOF\n"), "application/pdf")).Ok();
        var version = $"{versions}/{uploaded.Text("id")}";
        (await delegated.PostAsync($"{version}:handOver", new { })).Ok();
        foreach (var department in annex.List("departments"))
        {
            (await insurer.PostAsync($"{version}:review", new { department = (string)department!, approved = true })).Ok();
        }

        Assert.Equal("APPROVED", (await insurer.PostAsync($"{version}:approve", new { sha256 = uploaded.Text("sha256") })).Ok().Text("state"));
    }

    private static async Task AnswerOnRegimesAsync(this TwoParties parties)
    {
        var (yes, no) = (new { choice = "YES", reason = "" }, new { choice = "NO", reason = "Hors du périmètre délégué" });
        var regimes = $"{parties.Path}/regimes";
        var answers = new
        {
            outsourcing = yes, keyFunction = no, intraGroup = no, excludedServicesOnly = no, ictServices = yes, personalData = yes, healthDataHosting = no,
            collectiveContracts = yes, distribution = no, amlDuties = no, complaints = yes,
            criteria = new
            {
                cost = new { level = "HIGH" }, impact = new { level = "HIGH" }, replacement = new { level = "MODERATE" }, regulatory = new { level = "MODERATE" }, losses = new { level = "LOW" },
            },
        };
        (await parties.Insurer.PutAsync(regimes, new { answers }, (await parties.Insurer.GetAsync(regimes)).Etag)).Ok();
    }

    /// <summary>What no clause satisfies is proved by evidence.</summary>
    private static async Task ProveAsync(this TwoParties parties, string contract, string startDay)
    {
        var open = (await parties.Insurer.GetAsync($"{contract}/coverage")).Ok().List("requirements").Where(item => (bool)item["blocksSignature"]!).Select(item => item["requirement"]!);
        foreach (var requirements in open.GroupBy(requirement => (string)requirement["evidenceKind"]!))
        {
            (await parties.Insurer.PostAsync($"{parties.Path}/evidence", new
            {
                kind = requirements.Key, requirementIds = requirements.Select(requirement => (string)requirement["id"]!), title = "Pièce du dossier", reference = "DOS-1", startDay,
            })).Ok();
        }
    }

    private static async Task ApproveClausesAsync(this TwoParties parties, string contract)
    {
        IReadOnlyList<JsonNode> clauses = (await parties.Insurer.GetAsync($"{contract}/clauses")).Ok().List("clauses");
        foreach (var party in new[] { parties.Insurer, parties.Delegate })
        {
            foreach (var clause in clauses)
            {
                foreach (var department in Departments)
                {
                    (await party.PostAsync($"{contract}/clauses/{clause["id"]}:approve", new { department = $"REVIEW_DEPARTMENT_{department}" }, (string)clause["etag"]!)).Ok();
                }
            }
        }
    }
}
