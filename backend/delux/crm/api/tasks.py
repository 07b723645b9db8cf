from typing import Any

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from delux.accounts.api.permissions import IsOrganizer
from delux.accounts.api.viewer import organizer_of
from delux.core.api.pagination import page
from delux.core.api.serializers import CleanCharField, IdField, PageQuery, StrictSerializer, page_of
from delux.core.api.views import View
from delux.crm.models import CrmTask
from delux.crm.selectors.work import TASK_ORDERINGS, get_task, list_tasks
from delux.crm.services.tasks import create_task, delete_task, update_task


class TasksQuery(PageQuery):
    q = serializers.CharField(required=False, max_length=100, help_text="Part of the title.")
    status = serializers.ChoiceField(choices=CrmTask.Status.choices, required=False)
    is_open = serializers.BooleanField(default=None, help_text="Not done, or done.")
    priority = serializers.ChoiceField(choices=CrmTask.Priority.choices, required=False)
    customer = IdField(required=False, help_text="Id of the customer it is about.")
    order = IdField(required=False, help_text="Id of the order it is about.")
    due_after = serializers.DateTimeField(required=False, help_text="Due at this time or later.")
    due_before = serializers.DateTimeField(required=False, help_text="Due before this time.")
    ordering = serializers.ChoiceField(choices=list(TASK_ORDERINGS), default="due_at")


class TaskInput(StrictSerializer):
    title = CleanCharField(max_length=160)
    description = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    status = serializers.ChoiceField(choices=CrmTask.Status.choices, required=False)
    priority = serializers.ChoiceField(choices=CrmTask.Priority.choices, required=False)
    customer_id = IdField(required=False, allow_null=True, help_text="One of your customers.")
    order_id = IdField(required=False, allow_null=True, help_text="One of your orders.")
    due_at = serializers.DateTimeField(required=False, allow_null=True)


class TaskCustomer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class TaskOrder(serializers.Serializer):
    id = serializers.IntegerField()
    order_number = serializers.CharField()


class TaskOutput(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()
    description = serializers.CharField()
    status = serializers.ChoiceField(choices=CrmTask.Status.choices)
    priority = serializers.ChoiceField(choices=CrmTask.Priority.choices)
    customer = TaskCustomer(allow_null=True)
    order = TaskOrder(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    done_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class TasksView(View):
    permission_classes = (IsOrganizer,)
    query_serializers = {"get": TasksQuery}

    @extend_schema(
        operation_id="crm_tasks_list", summary="Your tasks", tags=["CRM"], responses=page_of(TaskOutput)
    )
    def get(self, request: Request) -> Response:
        tasks = list_tasks(
            organizer=organizer_of(request),
            search=self.query.get("q", ""),
            status=self.query.get("status", ""),
            is_open=self.query["is_open"],
            priority=self.query.get("priority", ""),
            customer_id=self.query.get("customer"),
            order_id=self.query.get("order"),
            due_after=self.query.get("due_after"),
            due_before=self.query.get("due_before"),
            ordering=self.query["ordering"],
        )
        return Response(page(request, tasks, self.query, lambda rows: [show_task(task) for task in rows]))

    @extend_schema(
        operation_id="crm_tasks_create",
        summary="Add a task",
        tags=["CRM"],
        request=TaskInput,
        responses={201: TaskOutput},
        examples=[
            OpenApiExample(
                "Task",
                value={
                    "title": "Call about the relay team",
                    "priority": "high",
                    "due_at": "2026-05-04T06:00:00Z",
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        fields = self.read(request, TaskInput)
        organizer = organizer_of(request)
        task = create_task(organizer=organizer, at=timezone.now(), **fields)
        return Response(
            show_task(get_task(organizer=organizer, task_id=task.pk)), status=status.HTTP_201_CREATED
        )


class TaskView(View):
    permission_classes = (IsOrganizer,)

    @extend_schema(
        operation_id="crm_tasks_update",
        summary="Change or move a task",
        description="Moving it to `done` notes the time, moving it back forgets it.",
        tags=["CRM"],
        request=TaskInput,
        responses=TaskOutput,
        examples=[OpenApiExample("Done", value={"status": "done"}, request_only=True)],
    )
    def patch(self, request: Request, task_id: int) -> Response:
        fields = self.read(request, TaskInput, partial=True)
        organizer = organizer_of(request)
        update_task(organizer=organizer, task_id=task_id, at=timezone.now(), **fields)
        return Response(show_task(get_task(organizer=organizer, task_id=task_id)))

    @extend_schema(
        operation_id="crm_tasks_delete", summary="Delete a task", tags=["CRM"], responses={204: None}
    )
    def delete(self, request: Request, task_id: int) -> Response:
        delete_task(organizer=organizer_of(request), task_id=task_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


def show_task(task: CrmTask) -> dict[str, Any]:
    return {
        "id": task.pk,
        "title": task.title,
        "description": task.description,
        "status": task.status,
        "priority": task.priority,
        "customer": {"id": task.customer.pk, "name": task.customer.desk_name} if task.customer else None,
        "order": {"id": task.order.pk, "order_number": task.order.order_number} if task.order else None,
        "due_at": task.due_at,
        "done_at": task.done_at,
        "created_at": task.created_at,
    }


urlpatterns = [
    path("tasks/", TasksView.as_view(), name="crm-tasks"),
    path("tasks/<int:task_id>/", TaskView.as_view(), name="crm-task"),
]
