using Dapper;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Escalations.PreparingEscalations;
using static Delegation.ProjectDelivery.Tests.Preparing;

namespace Delegation.ProjectDelivery.Tests.Escalations;

public sealed class Comments_on_escalations(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    private const string Secret = "PLANTED-PRIVATE-COMMENT";

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresTheory]
    [InlineData(Side.Insurer)]
    [InlineData(Side.Delegate)]
    public async Task A_private_one_is_read_by_the_own_side_and_moves_nothing_that_the_other_side_sees(Side side)
    {
        var (two, escalation) = await host.Scene.EscalationAsync();
        var (own, other) = (two.On(side), two.On(side == Side.Insurer ? Side.Delegate : Side.Insurer));
        var secret = await CommentAsync(own, escalation, Secret, isPrivate: true);
        var shared = await CommentAsync(own, escalation, "Commentaire partagé.", isPrivate: false);
        var answer = await CommentAsync(other, escalation, "Merci.", isPrivate: false);

        Assert.Equal([secret.Id, shared.Id, answer.Id], (await ListAsync(own, escalation)).Select(comment => comment.Id));
        Assert.Equal([shared.Id, answer.Id], (await ListAsync(other, escalation)).Select(comment => comment.Id));
        Assert.Equal(escalation, await EscalationsAs(host.Scene, other).GetEscalationAsync(new GetEscalationRequest { EscalationId = escalation.Id }, deadline: Deadline));
        Assert.Equal((true, side), (secret.Private, secret.Side));
    }

    [PostgresTheory]
    [InlineData(Side.Insurer)]
    [InlineData(Side.Delegate)]
    public async Task The_journal_tells_a_private_one_to_its_side_alone_and_without_its_text(Side side)
    {
        var (two, escalation) = await host.Scene.EscalationAsync();
        var secret = await CommentAsync(two.On(side), escalation, Secret, isPrivate: true);
        await CommentAsync(two.On(side), escalation, "Commentaire partagé.", isPrivate: false);

        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        var entries = (await connection.QueryAsync<(string ObjectId, string Visibility, byte[] Payload)>(
            "SELECT object_id::text, visibility, payload FROM journal WHERE delegation_id = @DelegationId", new { two.Parties.DelegationId })).ToArray();

        Assert.Equal(side == Side.Insurer ? "insurer" : "delegate", Assert.Single(entries, entry => entry.ObjectId == secret.Id).Visibility);
        Assert.DoesNotContain(entries, entry => Contains(entry.Payload, Secret));
        Assert.Single(entries, entry => entry.Visibility == "both" && Contains(entry.Payload, "Commentaire partagé."));
        Assert.DoesNotContain(entries, entry => entry.Visibility == "both" && Contains(entry.Payload, secret.Id));
    }

    [PostgresFact]
    public async Task The_database_itself_shows_a_private_one_to_no_session_of_the_other_side()
    {
        var (two, escalation) = await host.Scene.EscalationAsync();
        var secret = await CommentAsync(two.Insurer, escalation, Secret, isPrivate: true);
        var sessions = host.Services.GetRequiredService<TenantSessions>();

        foreach (var (organization, seen) in new[] { (two.Parties.OwnerId, 1), (two.Parties.DelegateId, 0) })
        {
            await using var session = await sessions.OpenAsync(new Caller(organization, Guid.CreateVersion7(), new HashSet<string>()));
            Assert.Equal(seen, await session.FindAsync<int>("SELECT count(*)::int FROM escalation_comment WHERE comment_id = @id", new { id = Guid.Parse(secret.Id) }));
        }
    }

    private async Task<EscalationComment> CommentAsync(Actor actor, Escalation escalation, string text, bool isPrivate) =>
        await EscalationsAs(host.Scene, actor).AddEscalationCommentAsync(
            new AddEscalationCommentRequest { EscalationId = escalation.Id, Text = text, Private = isPrivate }, deadline: Deadline);

    private async Task<IReadOnlyList<EscalationComment>> ListAsync(Actor actor, Escalation escalation) =>
        (await EscalationsAs(host.Scene, actor).ListEscalationCommentsAsync(
            new ListEscalationCommentsRequest { EscalationId = escalation.Id }, deadline: Deadline)).Comments;

    private static bool Contains(byte[] bytes, string text) => bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
}
