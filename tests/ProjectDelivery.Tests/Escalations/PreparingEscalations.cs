using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Google.Protobuf.WellKnownTypes;
using Dapper;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Preparing;

namespace Delegation.ProjectDelivery.Tests.Escalations;

/// <summary>Prepares escalations.</summary>
internal static class PreparingEscalations
{
    /// <summary>A delegation in which the delegate's project lead is its main contact, as the journal of Contracts told it.</summary>
    public static async Task<TwoParties> WithContactAsync(this Scene scene, MadeUpContracts? contracts = null)
    {
        var two = await scene.DelegationAsync();
        if (contracts is not null)
            await scene.NameAsync(contracts, two, new ContactsChanged { Side = Side.Delegate, MainPersonId = scene.PersonOf(two.Delegate).ToString() });
        else
            await scene.SetContactAsync(two, two.Delegate);
        return two;
    }

    /// <summary>Lets Contracts tell whom a side named, and waits until the service knows it.</summary>
    public static async Task NameAsync(this Scene scene, MadeUpContracts contracts, TwoParties two, ContactsChanged told, long revision = 1)
    {
        contracts.Tell(two.Parties, told, "delegation_contacts", two.Parties.DelegationId, revision);
        await Eventually.Async(async () =>
        {
            await using var connection = new NpgsqlConnection(scene.Database.AdminConnectionString);
            return await connection.ExecuteScalarAsync<int>(
                "SELECT count(*)::int FROM side_contact WHERE delegation_id = @DelegationId AND side = @side AND revision = @revision",
                new { two.Parties.DelegationId, side = told.Side == Side.Insurer ? "insurer" : "delegate", revision }) == 1;
        });
    }

    /// <summary>The main contact of a side, put where the follower would put it.</summary>
    public static async Task SetContactAsync(this Scene scene, TwoParties two, Actor main)
    {
        await using var connection = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await connection.ExecuteAsync(
            "INSERT INTO side_contact VALUES (@OwnerId, @DelegationId, @DelegateId, @side, @contacts::jsonb, 1)",
            new
            {
                two.Parties.OwnerId, two.Parties.DelegationId, two.Parties.DelegateId, side = main.Side == Side.Insurer ? "insurer" : "delegate",
                contacts = $$"""{"mainPersonId": "{{scene.PersonOf(main)}}"}""",
            });
    }

    /// <summary>What the insurer raised against the delegate, whose project lead is the main contact.</summary>
    public static async Task<(TwoParties Two, Escalation Escalation)> EscalationAsync(this Scene scene)
    {
        var two = await scene.WithContactAsync();
        return (two, await EscalationsAs(scene, two.Insurer).RaiseEscalationAsync(NewEscalation(two.DelegationId), deadline: Deadline));
    }

    /// <summary>The same, acknowledged.</summary>
    public static async Task<(TwoParties Two, Escalation Escalation)> AcknowledgedAsync(this Scene scene)
    {
        var (two, escalation) = await scene.EscalationAsync();
        return (two, await EscalationsAs(scene, two.Delegate).AcknowledgeEscalationAsync(
            new AcknowledgeEscalationRequest { EscalationId = escalation.Id }, deadline: Deadline));
    }

    /// <summary>The same, resolved.</summary>
    public static async Task<(TwoParties Two, Escalation Escalation)> ResolvedAsync(this Scene scene)
    {
        var (two, escalation) = await scene.AcknowledgedAsync();
        return (two, await EscalationsAs(scene, two.Delegate).ResolveEscalationAsync(Resolution(escalation), deadline: Deadline));
    }

    /// <summary>Times that the insurer proposed.</summary>
    public static async Task<(TwoParties Two, AcknowledgementTerms Terms)> ProposalAsync(this Scene scene)
    {
        var two = await scene.DelegationAsync(Role.DelegationManager);
        var terms = await Terms(scene, two.Insurer).GetEscalationTermsAsync(new GetEscalationTermsRequest { DelegationId = two.DelegationId }, deadline: Deadline);
        return (two, await Terms(scene, two.Insurer).ProposeEscalationTermsAsync(
            new ProposeEscalationTermsRequest { DelegationId = two.DelegationId, Hours = NewHours(), Etag = terms.Etag }, deadline: Deadline));
    }

    public static Delivery.V1.Escalations.EscalationsClient EscalationsAs(Scene scene, Actor actor) => new(scene.As(actor));

    public static EscalationTerms.EscalationTermsClient Terms(Scene scene, Actor actor) => new(scene.As(actor));

    public static AcknowledgementHours NewHours() => new() { Critical = 1, Major = 3, Minor = 18 };

    public static RaiseEscalationRequest NewEscalation(string delegationId) => new()
    {
        DelegationId = delegationId,
        Title = "Flux 929 en attente depuis lundi",
        Description = "Aucun retour de rattachement n'est intégré.\nLe taux de noémisation baisse.",
        Severity = Escalation.Types.Severity.Major,
        NoticeTime = Timestamp.FromDateTime(DateTime.UtcNow.AddHours(-30)),
        Subject = new EscalationSubject { CommitmentCode = "NOEMISATION_RATE" },
    };

    public static ResolveEscalationRequest Resolution(Escalation escalation) => new()
    {
        EscalationId = escalation.Id,
        Cause = "Certificat expiré sur la liaison.",
        Resolution = "Certificat renouvelé, retours rejoués.",
        Etag = escalation.Etag,
    };
}
