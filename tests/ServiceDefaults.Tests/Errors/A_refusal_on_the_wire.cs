using Delegation.Probe.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.TestKit;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Delegation.ServiceDefaults.Tests.Errors;

public sealed class A_refusal_on_the_wire
{
    private static readonly LocalizedText Message = new("The organisation is not valid.", "L'organisme n'est pas valide.");

    private static readonly FieldViolation WrongKey = new(
        "siren", "SIREN_WRONG_CHECK_DIGIT",
        new LocalizedText("The check digit is wrong.", "La clé de contrôle est fausse."),
        new LocalizedText("Compare with the Kbis extract.", "Comparez avec l'extrait Kbis."));

    private static readonly FieldViolation NoName = new(
        "legal_name", "LEGAL_NAME_REQUIRED", new LocalizedText("A name is needed.", "Un nom est nécessaire."));

    [Fact]
    public async Task It_has_a_reason_for_programs_and_all_broken_rules_at_once()
    {
        var refused = await RefusedAsync(() => RpcErrors.InvalidArgument("INVALID_FIELDS", Message, WrongKey, NoName), language: null);

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(
            "The organisation is not valid.\nsiren: The check digit is wrong. Compare with the Kbis extract.\nlegal_name: A name is needed.", refused.Status.Detail);
        Assert.Equal((int)StatusCode.InvalidArgument, refused.Details().Code);
        Assert.Equal(refused.Status.Detail, refused.Details().Message);
        Assert.Equal(("INVALID_FIELDS", "delegation"), (refused.Detail<ErrorInfo>().Reason, refused.Detail<ErrorInfo>().Domain));
        Assert.Equal(
            [("siren", "SIREN_WRONG_CHECK_DIGIT", "The check digit is wrong."), ("legal_name", "LEGAL_NAME_REQUIRED", "A name is needed.")],
            refused.Detail<BadRequest>().FieldViolations.Select(violation => (violation.Field, violation.Reason, violation.Description)));
    }

    [Theory]
    [InlineData("fr-FR,fr;q=0.9", "fr", "L'organisme n'est pas valide.", "La clé de contrôle est fausse. Comparez avec l'extrait Kbis.")]
    [InlineData("en-GB", "en", "The organisation is not valid.", "The check digit is wrong. Compare with the Kbis extract.")]
    [InlineData(null, "en", "The organisation is not valid.", "The check digit is wrong. Compare with the Kbis extract.")]
    public async Task It_speaks_the_language_of_the_caller(string? acceptLanguage, string locale, string message, string violation)
    {
        var refused = await RefusedAsync(() => RpcErrors.InvalidArgument("INVALID_FIELDS", Message, WrongKey), acceptLanguage);

        var localized = refused.Detail<LocalizedMessage>();
        Assert.Equal((locale, message), (localized.Locale, localized.Message));
        var field = Assert.Single(refused.Detail<BadRequest>().FieldViolations).LocalizedMessage;
        Assert.Equal((locale, violation), (field.Locale, field.Message));
        Assert.StartsWith("The organisation is not valid.", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_kind_has_its_status()
    {
        await HasAsync(StatusCode.NotFound, () => RpcErrors.NotFound("A", Message));
        await HasAsync(StatusCode.AlreadyExists, () => RpcErrors.AlreadyExists("A", Message));
        await HasAsync(StatusCode.FailedPrecondition, () => RpcErrors.FailedPrecondition("A", Message));
        await HasAsync(StatusCode.Aborted, () => RpcErrors.Aborted("A", Message));

        static async Task HasAsync(StatusCode status, Func<RpcException> error) =>
            Assert.Equal(status, (await RefusedAsync(error, language: null)).StatusCode);
    }

    [Fact]
    public async Task It_names_the_trace_of_the_call_and_no_field_when_no_field_is_to_blame()
    {
        const string traceId = "4bf92f3577b34da6a3ce929d0e0e4736";

        var refused = await RefusedAsync(() => RpcErrors.NotFound("ORGANIZATION_NOT_FOUND", Message), language: null, traceId);

        Assert.Equal(traceId, refused.Detail<RequestInfo>().RequestId);
        Assert.DoesNotContain(refused.Details().Details, detail => detail.Is(BadRequest.Descriptor));
    }

    [Fact]
    public async Task It_is_an_answer_and_no_incident_in_the_log()
    {
        await using var host = await ProbeHost.StartAsync();
        host.Handlers.Ask = (_, _) => throw RpcErrors.NotFound("ORGANIZATION_NOT_FOUND", Message);

        await Assert.ThrowsAsync<RpcException>(() => host.Client.AskAsync(new Question()).ResponseAsync.Within(10));

        Assert.DoesNotContain(host.Logs.Entries, entry => entry.Level >= LogLevel.Information && entry.Exception is not null);
    }

    private static async Task<RpcException> RefusedAsync(Func<RpcException> error, string? language, string? traceId = null)
    {
        await using var host = await ProbeHost.StartAsync();
        host.Handlers.Ask = (_, _) => throw error();
        var metadata = new Metadata();
        if (language is not null)
            metadata.Add("accept-language", language);
        if (traceId is not null)
            metadata.Add("traceparent", $"00-{traceId}-00f067aa0ba902b7-01");
        return await Assert.ThrowsAsync<RpcException>(() => host.Client.AskAsync(new Question(), metadata).ResponseAsync.Within(10));
    }
}
