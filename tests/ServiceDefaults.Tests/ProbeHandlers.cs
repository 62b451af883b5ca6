using Delegation.Probe.V1;
using Grpc.Core;

namespace Delegation.ServiceDefaults.Tests;

/// <summary>What the probe service does when it is called; a test replaces what it is about.</summary>
internal sealed class ProbeHandlers
{
    public Func<Question, ServerCallContext, Task<Answer>> Ask { get; set; } = Echo;

    public Func<Question, ServerCallContext, Task<Answer>> Change { get; set; } = Echo;

    public Func<Question, IServerStreamWriter<Answer>, ServerCallContext, Task> Follow { get; set; } =
        async (question, answers, context) => await answers.WriteAsync(await Echo(question, context));

    public Func<IAsyncStreamReader<Question>, ServerCallContext, Task<Answer>> Upload { get; set; } = async (questions, context) =>
    {
        var count = 0;
        await foreach (var _ in questions.ReadAllAsync(context.CancellationToken))
            count++;
        return new Answer { Text = $"{count}" };
    };

    public Func<IAsyncStreamReader<Question>, IServerStreamWriter<Answer>, ServerCallContext, Task> Talk { get; set; } =
        async (questions, answers, context) =>
        {
            await foreach (var question in questions.ReadAllAsync(context.CancellationToken))
                await answers.WriteAsync(await Echo(question, context));
        };

    private static Task<Answer> Echo(Question question, ServerCallContext context) => Task.FromResult(new Answer { Text = question.Text });
}

internal sealed class ProbeService(ProbeHandlers handlers) : Probe.V1.Probe.ProbeBase
{
    public override Task<Answer> Ask(Question request, ServerCallContext context) => handlers.Ask(request, context);

    public override Task<Answer> Change(Question request, ServerCallContext context) => handlers.Change(request, context);

    public override Task Follow(Question request, IServerStreamWriter<Answer> responseStream, ServerCallContext context) =>
        handlers.Follow(request, responseStream, context);

    public override Task<Answer> Upload(IAsyncStreamReader<Question> requestStream, ServerCallContext context) =>
        handlers.Upload(requestStream, context);

    public override Task Talk(IAsyncStreamReader<Question> requestStream, IServerStreamWriter<Answer> responseStream, ServerCallContext context) =>
        handlers.Talk(requestStream, responseStream, context);
}
