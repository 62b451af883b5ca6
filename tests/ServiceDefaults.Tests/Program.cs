using Delegation.Probe.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

// Run by itself, this assembly is a service of the platform: for what two hosts in one process cannot show, such as whose span is whose,
// how a process ends and what it writes. It asks the service `next`, or else its database, whatever it is asked.
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
var hasNext = builder.Configuration["services:next:grpc:0"] is not null;
if (hasNext)
    builder.AddPlatformGrpcClient<Probe.ProbeClient>("next");
if (builder.Configuration.GetConnectionString("database") is not null)
    builder.AddNpgsqlDataSource("database");
var handlers = new ProbeHandlers();
builder.Services.AddSingleton(handlers);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapGrpcService<ProbeService>();
app.MapGet("/ask/{word}", async (HttpContext context) =>
{
    var next = context.RequestServices.GetRequiredService<Probe.ProbeClient>();
    var answer = await next.AskAsync(new Question { Text = (string)context.Request.RouteValues["word"]! });
    await context.Response.WriteAsync(answer.Text);
});
handlers.Ask = async (question, context) =>
{
    if (question.Text == "fail")
        throw new InvalidOperationException("the text of an exception");
    if (question.Text == "refuse")
        throw RpcErrors.NotFound("WORD_NOT_FOUND", new LocalizedText("No such word.", "Ce mot n'existe pas."));

    var answer = question.Text;
    if (app.Services.GetService<NpgsqlDataSource>() is { } database)
    {
        await using var command = database.CreateCommand("SELECT upper($1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = question.Text });
        answer = (string?)await command.ExecuteScalarAsync(context.CancellationToken) ?? "";
    }
    ProbeLog.Answered(app.Logger, answer.Length);
    return new Answer { Text = answer };
};

// The test's end of this pipe closes when the test process ends, however it ends.
_ = Task.Run(async () =>
{
    await Console.In.ReadToEndAsync();
    Environment.Exit(1);
});
await app.RunAsync();

namespace Delegation.ServiceDefaults.Tests
{
    internal static partial class ProbeLog
    {
        [LoggerMessage(1, LogLevel.Information, "Answered with {Length} characters.")]
        public static partial void Answered(ILogger logger, int length);
    }
}
