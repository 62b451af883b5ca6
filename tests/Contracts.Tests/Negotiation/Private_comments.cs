using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Journal.V1;
using Delegation.Persistence.Tenancy;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Delegation.Contracts.Tests.Negotiation;

/// <summary>What one side writes for itself reaches the other in no way: no answer of any rpc, no entry of the journal that it may read.</summary>
public sealed class Private_comments(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private const string Secret = "PLANTED-PRIVATE-COMMENT";

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_rpc_answers_the_other_side_with_one(bool byInsurer)
    {
        var two = await TwoSides.NegotiateAsync(host);
        var clause = (await two.ClausesAsync())[0];
        var comment = await two.CommentAsync(clause, byInsurer, Secret, isPrivate: true);
        await two.CommentAsync(clause, byInsurer, "Commentaire partagé.", isPrivate: false);
        var asked = await two.AskAsync(clause, byInsurer);
        var own = await CommentsAsync(two, clause, byInsurer);
        Assert.Equal([Secret, "Commentaire partagé."], own.Select(entry => entry.Text));

        var given = new Dictionary<string, string>
        {
            ["delegation_id"] = two.Delegation.Id, ["contract_id"] = two.Contract.Id, ["clause_id"] = clause.Id, ["change_request_id"] = asked.Id,
            ["organization_id"] = (byInsurer ? two.Parties.Delegate : two.Parties.Insurer).Id, ["comment_id"] = comment.Id,
            ["etag"] = clause.Etag, ["comment"] = "Motif.", ["answer"] = "Réponse.", ["text"] = "Note.", ["wording"] = "Autre rédaction.",
        };
        var answered = 0;
        foreach (var method in Methods())
            if (await AnswerAsync(method, given, two.Subject(!byInsurer)) is { } answer)
            {
                answered++;
                Assert.False(Contains(answer, Secret) || Contains(answer, comment.Id), $"{method.FullName} answers the other side with a private comment");
            }

        // All reads of the negotiation, moves of the other side, and much else beside.
        Assert.InRange(answered, 15, 1000);
        Assert.DoesNotContain(await CommentsAsync(two, clause, !byInsurer), entry => entry.Private && entry.Side == comment.Side);
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_entry_of_the_journal_that_the_other_side_may_read_knows_of_one(bool byInsurer)
    {
        var two = await TwoSides.NegotiateAsync(host);
        var clause = (await two.ClausesAsync())[0];
        var comment = await two.CommentAsync(clause, byInsurer, Secret, isPrivate: true);
        await two.CommentAsync(clause, byInsurer, "Commentaire partagé.", isPrivate: false);

        var entries = await FollowAsync(two.Delegation.Id, until: entry => entry.ObjectType == "clause_comment" && Contains(entry.Payload.ToByteArray(), "partagé"));

        var about = entries.Where(entry => Contains(entry.ToByteArray(), comment.Id) || entry.ObjectId == comment.Id).ToArray();
        Assert.Equal(byInsurer ? Side.Insurer : Side.Delegate, Assert.Single(about).Visibility is Entry.Types.Visibility.Insurer ? Side.Insurer : Side.Delegate);
        Assert.DoesNotContain(entries, entry => Contains(entry.ToByteArray(), Secret));
    }

    [PostgresFact]
    public async Task One_moves_neither_contract_nor_review_nor_work_list()
    {
        var two = await TwoSides.NegotiateAsync(host);
        var clause = (await two.ClausesAsync())[0];
        var (contract, reviews, work) = (await two.ReadAsync(), await two.ReviewsAsync(), await host.OpenWorkAsync(two.Parties.Insurer.Id));

        await two.CommentAsync(clause, insurer: true, Secret, isPrivate: true);

        Assert.Equal(contract, await two.ReadAsync());
        Assert.Equal(reviews, await two.ReviewsAsync());
        Assert.Equal(work, await host.OpenWorkAsync(two.Parties.Insurer.Id));
    }

    [PostgresFact]
    public async Task The_database_itself_shows_one_to_no_session_of_the_other_side()
    {
        var two = await TwoSides.NegotiateAsync(host);
        var comment = await two.CommentAsync((await two.ClausesAsync())[0], insurer: true, Secret, isPrivate: true);
        var sessions = host.Services.GetRequiredService<TenantSessions>();

        foreach (var (organization, seen) in new[] { (two.Parties.Insurer, 1), (two.Parties.Delegate, 0) })
        {
            await using var session = await sessions.OpenAsync(new Caller(Guid.Parse(organization.Id), Guid.CreateVersion7(), new HashSet<string>()));
            Assert.Equal(seen, await session.FindAsync<int>("SELECT count(*)::int FROM clause_comment WHERE comment_id = @id", new { id = Guid.Parse(comment.Id) }));
        }
    }

    private static async Task<IReadOnlyList<ClauseComment>> CommentsAsync(TwoSides two, ContractClause clause, bool insurer) =>
        (await two.Reviews(insurer).ListClauseCommentsAsync(
            new ListClauseCommentsRequest { DelegationId = two.Delegation.Id, ContractId = two.Contract.Id, ClauseId = clause.Id }, deadline: TwoSides.Deadline)).Comments;

    // Every rpc that is served: one without a recorded call fails the access walk.
    private static IEnumerable<MethodDescriptor> Methods() =>
        RecordedCall.In(typeof(Private_comments).Assembly).Values.Select(call => call.Method).Where(method => !method.IsServerStreaming);

    // The whole answer, refusals included; null when the rpc asks for something that is not there.
    private async Task<byte[]?> AnswerAsync(MethodDescriptor method, Dictionary<string, string> given, string subject)
    {
        var request = method.InputType.Parser.ParseFrom(ReadOnlySpan<byte>.Empty);
        foreach (var field in method.InputType.Fields.InDeclarationOrder())
            if (!field.IsRepeated && field.FieldType == FieldType.String && given.TryGetValue(field.Name, out var value))
                field.Accessor.SetValue(request, value);
            else if (field.Name == "department")
                field.Accessor.SetValue(request, ReviewDepartment.Legal);

        var raw = new Method<byte[], byte[]>(
            MethodType.Unary, method.Service.FullName, method.Name, Marshallers.Create(bytes => bytes, bytes => bytes), Marshallers.Create(bytes => bytes, bytes => bytes));
        try
        {
            return await host.As(subject).AsyncUnaryCall(raw, null, new CallOptions(deadline: TwoSides.Deadline), request.ToByteArray());
        }
        catch (RpcException refusal)
        {
            Assert.False(Contains(refusal.Trailers.GetValueBytes("grpc-status-details-bin") ?? [], Secret));
            return null;
        }
    }

    private async Task<IReadOnlyList<Entry>> FollowAsync(string delegationId, Func<Entry, bool> until)
    {
        var entries = new List<Entry>();
        using var call = new Delegation.Journal.V1.Journal.JournalClient(host.WithToken(host.Issuer.Token("a-service", ContractsHost.SystemClient)))
            .Follow(new FollowRequest(), deadline: TwoSides.Deadline);
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            entries.AddRange(response.Entries.Where(entry => entry.DelegationId == delegationId));
            if (entries.Any(until))
                break;
        }

        return entries;
    }

    private static bool Contains(byte[] bytes, string text) => bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
}
