using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>
/// Founding line B7, the reversibility clause: either side ends the delegation, what the delegate held is given back, and its copies are destroyed. On a platform
/// whose clock this story moves through notice and run-off.
/// </summary>
[Collection(nameof(MovedPlatform))]
public sealed class A_delegation_ends_in_good_order(MovedPlatform platform)
{
    private static readonly string[] Flows = ["NOEMIE", "THIRD_PARTY_PAYMENT", "PAPER", "EXTRANET", "HOSPITAL_COVER"];

    [PlatformFact]
    public async Task Either_side_gives_notice_and_both_bring_it_to_the_certificate_of_destruction()
    {
        var clock = platform.Clock;
        // Time goes on from one story to the next.
        foreach (var (language, isInsurers) in new[] { ("en", true), ("fr", false) })
        {
            using var gateway = new HttpClient { BaseAddress = platform.Process.Address("gateway", "http") };
            using var parties = await TwoParties.MeetAsync(gateway, platform.Process.Address("identity", "http"), language);
            await parties.NameContactsAsync();
            var contract = await parties.ConcludeContractAsync(clock.Today);
            await AgreeOnPlanAsync(parties, clock);

            var exit = await GiveNoticeAsync(parties, contract, isInsurers, clock);
            await PrepareAsync(parties, exit);
            await FreezeAsync(parties, exit, clock);
            await TakeBackAsync(parties, exit, clock);
            await RunOffAsync(parties, exit, clock);
            await GiveRecordBackAsync(parties, exit);
            await DestroyAsync(parties, exit, contract);
        }
    }

    private static async Task AgreeOnPlanAsync(TwoParties parties, MovedClock clock)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var (plans, rehearsals) = ($"{parties.Path}/reversibility-plans", $"{parties.Path}/rehearsals");
        (await delegated.PostAsync(rehearsals, Rehearsal(0))).Refused(400, "NO_VALIDATED_PLAN", delegated.In("have not validated a reversibility plan", "n'ont pas validé de plan de réversibilité"));

        // What a plan lacks is said all at once, with what to do about it.
        var lacking = (await insurer.PostAsync(plans, new
        {
            effectiveDay = clock.Today, terms = new { runOffOption = "RUN_OFF_OPTION_BY_CARE_DATE", dryRuns = 9, data = new[] { new { kind = ExitSteps.Lots[0].Kind } } },
        })).Refused(400, "RECOVERIES_REQUIRED", insurer.In("Give who goes on with recoveries.", "Indiquez qui poursuit les indus et recours."));
        Assert.Equal(
            ["terms.data[0].format", "terms.destruction_method", "terms.dry_runs", "terms.recoveries"],
            lacking.List("errors").Select(error => (string)error["field"]!).Order(StringComparer.Ordinal));

        var proposed = (await insurer.PostAsync(plans, new
        {
            effectiveDay = clock.Today,
            terms = new
            {
                runOffOption = "RUN_OFF_OPTION_BY_CARE_DATE",
                recoveries = "CLAIM_MANAGER_INCOMING",
                dryRuns = 1,
                destructionMethod = "Effacement cryptographique",
                data = ExitSteps.Lots.Select(lot => new { kind = lot.Kind, format = "CSV UTF-8" }),
                costs = new[] { new { ground = "EXIT_GROUND_CONVENIENCE", bearer = "SIDE_INSURER" } },
                retention = new[] { new { what = "Pièces comptables", legalGround = "Code de commerce, art. L. 123-22", months = 120 } },
            },
        })).Ok();
        await delegated.FindsWorkAsync("reversibility_plan.validate", delegated.In("Validate version 1 of the reversibility plan", "Valider la version 1 du plan de réversibilité"));
        var validate = $"{plans}/{proposed.Text("id")}:validate";
        Assert.Equal("PROPOSED", (await insurer.PostAsync(validate, new { }, proposed.Etag)).Ok().Text("version", "state"));
        Assert.Equal("VALIDATED", (await delegated.PostAsync(validate, new { }, proposed.Etag)).Ok().Text("version", "state"));

        // A plan is worth what its rehearsal shows: one record that is lost is found.
        var lost = (await delegated.PostAsync(rehearsals, Rehearsal(1))).Ok();
        Assert.Equal((false, "count: 12000 handed over, 11999 received"), ((bool)lost.Json!["reconciled"]!, (string)lost.List("lots")[0]["discrepancies"]!.AsArray().Single()!));
        Assert.True((bool)(await delegated.PostAsync(rehearsals, Rehearsal(0))).Ok().Json!["reconciled"]!);

        object Rehearsal(long missing) => new
        {
            startTime = $"{MovedClock.After(clock.Today, -1)}T06:00:00Z",
            endTime = $"{MovedClock.After(clock.Today, -1)}T13:30:00Z",
            lots = ExitSteps.Lots.Select(lot => new { kind = lot.Kind, handedOver = ExitSteps.Totals(lot.Count, lot.Cents), received = ExitSteps.Totals(lot.Count - missing, lot.Cents) }),
        };
    }

    private static async Task<string> GiveNoticeAsync(TwoParties parties, string contract, bool isInsurers, MovedClock clock)
    {
        var (ending, other) = isInsurers ? (parties.Insurer, parties.Delegate) : (parties.Delegate, parties.Insurer);
        (await ending.PostAsync($"{parties.Path}/exits", new { ground = "EXIT_GROUND_BREACH" })).Refused(400, "COMMENT_REQUIRED");
        var triggered = (await ending.PostAsync($"{parties.Path}/exits", new { ground = "EXIT_GROUND_CONVENIENCE" })).Ok();
        (await other.PostAsync($"{parties.Path}/exits", new { ground = "EXIT_GROUND_CONVENIENCE" })).Refused(409, "EXIT_OPEN", other.In("triggered already", "déjà déclenchée"));

        // The earliest day follows from the contract: six months for the insurer, twelve for the delegate. Notice is given for that day, and for none before it.
        var exit = $"{parties.Path}/exits/{triggered.Text("id")}";
        var last = clock.Months(isInsurers ? 6 : 12);
        Assert.Equal((last, false), (triggered.Text("effectDay"), (bool)triggered.Json!["contractEnds"]!));
        (await ending.ActAsync(contract, "terminate", new { ground = "TERMINATION_GROUND_WITH_NOTICE", lastDay = MovedClock.After(last, -1) }))
            .Refused(400, "NOTICE_TOO_SHORT", ending.In("The notice is too short", "Le préavis est trop court"));
        (await other.ActAsync(exit, "passPhase")).Refused(400, "CONTRACT_ENDS", other.In("Notice to end the contract is still to be given", "La résiliation du contrat reste à notifier"));
        (await ending.ActAsync(contract, "terminate", new { ground = "TERMINATION_GROUND_WITH_NOTICE", lastDay = last })).Ok();

        var joined = (await other.GetAsync(exit)).Ok();
        Assert.Equal((true, last, "SIDE_INSURER"), ((bool)joined.Json!["contractEnds"]!, joined.Text("effectDay"), joined.Text("costBearer")));
        Assert.Equal(MovedClock.After(last, 1), joined.Text("cutoverDay"));
        return exit;
    }

    /// <summary>Tasks on both work lists, who receives which flow from when, and extractions without effect.</summary>
    private static async Task PrepareAsync(TwoParties parties, string exit)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        await delegated.FindsWorkAsync("exit.name_exit_lead", delegated.In("Name who answers for the exit", "Désigner le responsable de la réversibilité"));
        await insurer.FindsWorkAsync("exit.set_up_committee", insurer.In("Set up the reversibility committee", "Installer le comité de réversibilité"));
        (await insurer.ActAsync(exit, "completeTask", new { taskCode = "NAME_EXIT_LEAD" })).Refused(400, "TASK_OF_OTHER_SIDE", insurer.In("the other side's", "revient à l'autre partie"));
        (await insurer.ActAsync(exit, "completeTask", new { taskCode = "DO_IT" })).Refused(400, "TASK_CODE_UNKNOWN");
        await parties.CompleteTasksAsync(exit);
        await delegated.FindsNoWorkAsync("exit.name_exit_lead");
        await parties.PassPhaseAsync(exit, "EXIT_PHASE_INVENTORY");

        await parties.CompleteTasksAsync(exit);
        var cutover = (await insurer.GetAsync(exit)).Ok().Text("cutoverDay")!;
        (await delegated.ActAsync(exit, "passPhase")).Refused(400, "CRITERIA_NOT_MET", delegated.In("What must hold to leave this phase", "Les conditions pour quitter cette phase"));
        Assert.Equal(["FLOWS_SETTLED"], await delegated.UnmetAsync(exit));
        (await delegated.ActAsync(exit, "settleFlow", Flow("PAPER", "2020-01-01"))).Refused(400, "REDIRECTION_DAY_BEFORE_NOTICE", delegated.In("Choose a day from then on", "Choisissez une date à partir de ce jour"));
        foreach (var flow in Flows)
        {
            (await delegated.ActAsync(exit, "settleFlow", Flow(flow, cutover))).Ok();
        }

        await parties.PassPhaseAsync(exit, "EXIT_PHASE_DRY_RUNS");
        await parties.CompleteTasksAsync(exit);

        // An extraction that lacks a cent is not reconciled; the next one is.
        var (kind, count, cents) = ExitSteps.Lots[1];
        (await delegated.ActAsync(exit, "receiveLot", new { kind, totals = ExitSteps.Totals(count, cents) })).Refused(403, "SIDE_REQUIRED");
        (await insurer.ActAsync(exit, "receiveLot", new { kind, totals = ExitSteps.Totals(count, cents) })).Refused(400, "LOT_NOT_HANDED_OVER", insurer.In("waits to be counted", "n'attend d'être contrôlée"));
        (await delegated.ActAsync(exit, "handOverLot", new { kind, totals = ExitSteps.Totals(count, cents) })).Ok();
        await insurer.FindsWorkAsync("exit.count.benefit_history", insurer.In("Count the lot", "Contrôler le lot"));
        (await delegated.ActAsync(exit, "handOverLot", new { kind, totals = ExitSteps.Totals(count, cents) })).Refused(400, "LOT_NOT_COUNTED", delegated.In("has not counted", "n'a pas encore contrôlé"));
        Assert.Equal("amount_cents: 191234567 handed over, 191234566 received", (string)(await parties.CountAsync(exit, kind, count, cents - 1))["discrepancies"]!.AsArray().Single()!);
        await insurer.FindsNoWorkAsync("exit.count.benefit_history");
        foreach (var lot in ExitSteps.Lots)
        {
            Assert.Empty((await parties.HandOverAsync(exit, lot.Kind, lot.Count, lot.Cents))["discrepancies"]!.AsArray());
        }

        await parties.PassPhaseAsync(exit, "EXIT_PHASE_FREEZE");

        static object Flow(string kind, string redirectionDay) => new
        {
            flow = new { kind = $"EXIT_FLOW_KIND_{kind}", redirectionDay, doubleRunDays = 90, misdirected = "MISDIRECTED_RULE_FORWARD", misdirectedDays = 2 },
        };
    }

    /// <summary>What is late is told to the main contacts of both sides until it is done.</summary>
    private static async Task FreezeAsync(TwoParties parties, string exit, MovedClock clock)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var due = (string)(await insurer.GetAsync(exit)).Ok().List("tasks").Single(task => (string)task["code"]! == "INFORM_MEMBERS")["dueDay"]!;
        await clock.MoveToAsync(MovedClock.After(due, 1));
        await insurer.FindsWorkAsync("exit.overdue.inform_members", insurer.In($"Late in the exit since {due}", "En retard dans la sortie depuis le"));
        await delegated.FindsWorkAsync("exit.overdue.inform_members");
        await parties.CompleteTasksAsync(exit);
        await insurer.FindsNoWorkAsync("exit.overdue.inform_members");
        await delegated.FindsNoWorkAsync("exit.overdue.inform_members");
        await parties.PassPhaseAsync(exit, "EXIT_PHASE_TAKE_BACK");
    }

    private static async Task TakeBackAsync(TwoParties parties, string exit, MovedClock clock)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var read = (await insurer.GetAsync(exit)).Ok();
        var (cutover, end) = (read.Text("cutoverDay")!, read.Text("runOffEndDay")!);
        await clock.MoveToAsync(cutover);

        // From that day on flows belong to who takes over, and each claim has one manager: by the day of care, until the run-off ends.
        var owners = await delegated.UntilAsync($"{exit}:listFlowOwners", answer => answer.Text("day") == cutover);
        Assert.All(owners.List("owners"), owner => Assert.Equal(("CLAIM_MANAGER_INCOMING", true), ((string)owner["owner"]!, (bool)owner["doubleRun"]!)));
        var before = MovedClock.After(cutover, -10);
        Assert.Equal(("CLAIM_MANAGER_OUTGOING", "RECEIVED_AFTER", end), await ManagerAsync(before, cutover, cutover));
        Assert.Equal(("CLAIM_MANAGER_INCOMING", "RUN_OFF_OVER", ""), await ManagerAsync(before, cutover, MovedClock.After(end, 1)));
        Assert.Equal(("CLAIM_MANAGER_INCOMING", "CARE_FROM_CUTOVER", ""), await ManagerAsync(cutover, cutover, cutover));

        // The final lots: what differs is accepted with reservations only, and what is accepted stays.
        var (kind, count, cents) = ExitSteps.Lots[0];
        (await delegated.ActAsync(exit, "handOverLot", new { kind, totals = ExitSteps.Totals(count, cents) })).Ok();
        (await insurer.ActAsync(exit, "acceptLot", new { kind })).Refused(400, "LOT_NOT_COUNTED");
        await parties.CountAsync(exit, kind, count - 1, cents);
        (await insurer.ActAsync(exit, "acceptLot", new { kind })).Refused(400, "RESERVATIONS_REQUIRED", insurer.In("say what is accepted all the same", "indiquez les réserves"));
        (await insurer.ActAsync(exit, "acceptLot", new { kind, reservations = "Un adhérent radié le jour de la bascule." })).Ok();
        (await delegated.ActAsync(exit, "handOverLot", new { kind, totals = ExitSteps.Totals(count, cents) })).Refused(400, "LOT_ACCEPTED", delegated.In("accepted this lot", "a réceptionné ce lot"));
        Assert.Equal(["TASKS_DONE", "LOTS_ACCEPTED"], await insurer.UnmetAsync(exit));
        await parties.HandOverAsync(exit, ExitSteps.Lots[1].Kind, ExitSteps.Lots[1].Count, ExitSteps.Lots[1].Cents);
        (await insurer.ActAsync(exit, "acceptLot", new { kind = ExitSteps.Lots[1].Kind })).Ok();
        await parties.CompleteTasksAsync(exit);
        await parties.PassPhaseAsync(exit, "EXIT_PHASE_RUN_OFF");

        async Task<(string?, string?, string?)> ManagerAsync(string careDay, string receiptDay, string day)
        {
            var found = (await delegated.GetAsync($"{exit}:findClaimManager?careDay={careDay}&receiptDay={receiptDay}&day={day}")).Ok();
            return (found.Text("manager"), found.Text("rule"), found.Text("lastDay"));
        }
    }

    /// <summary>The run-off ends with the survival clause of the contract; with it the record is frozen in every service.</summary>
    private static async Task RunOffAsync(TwoParties parties, string exit, MovedClock clock)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var end = (await insurer.GetAsync(exit)).Ok().Text("runOffEndDay")!;
        await parties.CompleteTasksAsync(exit);
        (await insurer.ActAsync(exit, "passPhase")).Refused(400, "RUN_OFF_OVER", insurer.In("The run-off goes on until", "Le run-off dure jusqu'au"));
        Assert.Equal("SURVIVAL", (await delegated.GetAsync($"{parties.Path}/title?day={end}")).Ok().Text("title", "kind"));
        Assert.Equal(400, (await insurer.DownloadAsync($"{exit}:downloadRecord")).Status);

        await clock.MoveToAsync(MovedClock.After(end, 1));
        await insurer.UntilAsync(exit, answer => answer.List("criteria").All(criterion => (bool)criterion["met"]!));
        await parties.PassPhaseAsync(exit, "EXIT_PHASE_CLOSURE");
        Assert.Equal("FROZEN", (await delegated.GetAsync(parties.Path)).Ok().Text("state"));
        (await delegated.PostAsync($"{parties.Path}/reversibility-plans", new { effectiveDay = clock.Today, terms = new { } })).Refused(400, "INVALID_FIELDS");
        (await delegated.PostAsync($"{parties.Path}/annexes", new { kind = "OTHER", title = "Note", provider = "SIDE_DELEGATE", dueDay = clock.Today }))
            .Refused(400, "DELEGATION_FROZEN", delegated.In("can only be read", "ne peut plus qu'être lue"));

        // Another service hears of it a moment later.
        await insurer.UntilAsync("/v1/portfolio", list => list.List("entries").Any(entry => (string)entry["delegationId"]! == parties.DelegationId && !(bool)entry["open"]!));
        (await insurer.PostAsync($"{parties.Path}/committees", new { level = "PROJECT_COMMITTEE", name = "Comité", roles = new[] { "ROLE_PROJECT_LEAD" } }))
            .Refused(400, "DELEGATION_FROZEN", insurer.In("can only be read", "ne peut plus qu'être lue"));
    }

    private static async Task GiveRecordBackAsync(TwoParties parties, string exit)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        await insurer.FindsWorkAsync("exit.accept_record", insurer.In("Download the archive", "Télécharger l'archive"));
        var (status, bytes, type) = await insurer.DownloadAsync($"{exit}:downloadRecord");
        Assert.Equal((200, "application/zip"), (status, type));
        var files = Unpack(bytes);

        // Each file is what the manifest says, and nothing is there that it does not name; every service gave its part.
        var listed = JsonNode.Parse(files["manifest.json"])!;
        Assert.Equal(["contracts", "delivery", "reporting", "watch"], listed["services"]!.AsArray().Select(service => (string)service!["service"]!).Order());
        Assert.Equal(files.Keys.Where(name => name != "manifest.json").Order(), listed["files"]!.AsArray().Select(file => (string)file!["path"]!).Order());
        Assert.All(listed["files"]!.AsArray(), file => Assert.Equal((string)file!["sha256"]!, Convert.ToHexStringLower(SHA256.HashData(files[(string)file["path"]!]))));
        Assert.Single(files.Keys, name => name.EndsWith("/document.pdf", StringComparison.Ordinal));
        Assert.Contains("manifest.json", Encoding.UTF8.GetString(files["LISEZ-MOI.txt"]), StringComparison.Ordinal);
        Assert.Contains("Contrat de délégation de gestion", Encoding.UTF8.GetString(files["contracts/tables/contract.csv"]), StringComparison.Ordinal);

        // The insurer accepts the very archive that it was given, and no other.
        var manifestSha256 = Convert.ToHexStringLower(SHA256.HashData(files["manifest.json"]));
        (await insurer.ActAsync(exit, "destroyCopies")).Refused(400, "RECORD_NOT_ACCEPTED", insurer.In("once the insurer accepted the archive", "une fois l'archive réceptionnée"));
        (await insurer.ActAsync(exit, "acceptRecord", new { manifestSha256 = new string('0', 64) })).Refused(400, "ARCHIVE_UNKNOWN", insurer.In("No archive with this manifest", "Aucune archive portant ce manifeste"));
        (await delegated.ActAsync(exit, "acceptRecord", new { manifestSha256 })).Refused(403, "SIDE_REQUIRED");
        Assert.Equal(manifestSha256, (await insurer.ActAsync(exit, "acceptRecord", new { manifestSha256 })).Ok().Text("record", "manifestSha256"));
        await insurer.FindsNoWorkAsync("exit.accept_record");
        (await delegated.ActAsync(exit, "callOff")).Refused(400, "RECORD_ACCEPTED", delegated.In("goes on to its end", "va à son terme"));
    }

    private static async Task DestroyAsync(TwoParties parties, string exit, string contract)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        await insurer.FindsWorkAsync("exit.destroy", insurer.In("Order the destruction", "Ordonner la destruction"));
        (await insurer.ActAsync(exit, "destroyCopies")).Refused(400, "CRITERIA_NOT_MET", insurer.In("Attest that copies outside the platform", "Attester la destruction des copies"));
        await delegated.FindsWorkAsync("exit.attest_destruction");
        await parties.CompleteTasksAsync(exit);
        Assert.Equal(400, (await insurer.DownloadAsync($"{exit}:downloadCertificate")).Status);
        (await insurer.ActAsync(exit, "destroyCopies")).Ok();
        var closed = await insurer.UntilAsync(exit, answer => answer.Text("state") == "EXIT_STATE_CLOSED");

        // The certificate is the one of which the exit has the hash.
        var (status, certificate, type) = await insurer.DownloadAsync($"{exit}:downloadCertificate");
        Assert.Equal((200, "application/pdf", closed.Text("record", "certificateSha256")), (status, type, Convert.ToHexStringLower(SHA256.HashData(certificate))));
        Assert.Equal(["contracts", "delivery", "reporting", "watch"], closed.Json!["record"]!["erasures"]!.AsArray().Select(erasure => (string)erasure!["service"]!).Order());

        // To the delegate the delegation is that of strangers, in every service; the insurer reads its history on.
        foreach (var path in new[] { parties.Path, exit, contract, $"{parties.Path}/committees", $"{parties.Path}/reversibility-plans", $"{parties.Path}/imports" })
        {
            (await delegated.GetAsync(path)).Refused(404, "DELEGATION_NOT_FOUND");
            (await insurer.GetAsync(path)).Ok();
        }

        Assert.Equal(404, (await delegated.DownloadAsync($"{exit}:downloadCertificate")).Status);
        Assert.Empty((await delegated.GetAsync("/v1/delegations")).Ok().List("delegations"));
        await delegated.UntilAsync("/v1/portfolio", list => list.Status == 200 && list.List("entries").Count == 0);
        Assert.Equal("CLOSED", (await insurer.GetAsync(parties.Path)).Ok().Text("state"));
        Assert.Equal("STATE_ENDED", (await insurer.GetAsync(contract)).Ok().Text("state"));
    }

    private static Dictionary<string, byte[]> Unpack(byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var file = entry.Open();
            using var copy = new MemoryStream();
            file.CopyTo(copy);
            return copy.ToArray();
        });
    }
}
