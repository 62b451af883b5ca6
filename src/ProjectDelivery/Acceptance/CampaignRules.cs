using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>When campaigns change; each gives null when it holds.</summary>
internal static class CampaignRules
{
    /// <summary>Runs of a campaign, at most: its report lists them all.</summary>
    public const int MostRuns = 5000;

    public static Outcome<T>? IsNotSealed<T>(CampaignRow campaign) => campaign.IsSealed
        ? new Outcome<T>.Refused(
            "CAMPAIGN_SEALED",
            new("Both sides signed the report of this campaign: it stays as it is. Run the case in another campaign.",
                "Les deux parties ont signé le procès-verbal de cette campagne : elle reste en l'état. Passez le cas dans une autre campagne."))
        : null;

    public static Outcome<T>? HasRoomForCases<T>(int cases) => cases > CampaignRow.MostCases
        ? new Outcome<T>.Refused(
            "CASES_TOO_MANY",
            new($"A campaign has at most {CampaignRow.MostCases} cases. Create another one for the rest.",
                $"Une campagne a au plus {CampaignRow.MostCases} cas. Créez-en une autre pour les suivants."))
        : null;

    public static Outcome<T>? HasRoomForARun<T>(int runs) => runs >= MostRuns
        ? new Outcome<T>.Refused(
            "RUNS_TOO_MANY",
            new($"A campaign has at most {MostRuns} runs. Go on in another one.", $"Une campagne a au plus {MostRuns} passages. Poursuivez dans une autre."))
        : null;
}
